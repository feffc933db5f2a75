using ProbeAgent.Cli;
using ProbeAgent.Hosting;

HomeFolder.Ensure();
SocketThread.Choose();
return await CommandLine.RunAsync(args);
