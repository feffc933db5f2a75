using System.CommandLine;
using ProbeAgent.Configuration;
using ProbeAgent.Hosting;

namespace ProbeAgent.Cli;

/// <summary><c>run</c>: serves until a signal ends it. Also what happens without a command.</summary>
internal static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Create(SettingOptions options)
    {
        var command = new Command("run", "Serve: answer the kubelet's probes by asking the app (the default).");
        options.AddTo(command, Setting.All);
        command.SetAction((parsed, _) => RunAsync(options.Given(parsed)));
        return command;
    }

    /// <summary>Runs the agent to its end.</summary>
    public static async Task<int> RunAsync(GivenSettings given)
    {
        var outcome = new ConfigurationReader(given, PodSurroundings.OfThisPod()).Read();
        if (outcome.Configuration is not { } configuration)
        {
            return Complaint.About(outcome.MistakeLines());
        }

        var signals = new EndingSignals();
        using var agent = new AgentHost(configuration, outcome.Origins, outcome.Warnings, TimeProvider.System);
        if (await agent.TryStartAsync() is { } problem)
        {
            return Complaint.About(problem);
        }

        await agent.RunAsync(signals);
        return ExitCode.Ok;
    }
}
