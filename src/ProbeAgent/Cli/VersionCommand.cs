using System.CommandLine;
using ProbeAgent.Hosting;

namespace ProbeAgent.Cli;

/// <summary><c>version</c>: which build this is.</summary>
internal static class VersionCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("version", "Print the version.");
        command.Aliases.Add("--version");
        command.SetAction(_ =>
        {
            Terminal.WriteLine($"probe-agent {Build.Version}");
            return ExitCode.Ok;
        });
        return command;
    }
}
