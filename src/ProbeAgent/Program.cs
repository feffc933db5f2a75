using ProbeAgent.Cli;

return await CommandLine.RunAsync(args);
