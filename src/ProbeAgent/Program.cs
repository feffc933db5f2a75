using ProbeAgent.Cli;
using ProbeAgent.Hosting;

HomeFolder.Ensure();
return await CommandLine.RunAsync(args);
