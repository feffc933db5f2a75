using System.CommandLine;
using ProbeAgent.Configuration;

namespace ProbeAgent.Cli;

/// <summary>The command line as a whole.</summary>
internal static class CommandLine
{
    // The library would end the process two seconds after a signal; the agent decides that itself.
    private static readonly InvocationConfiguration Invocation = new()
    {
        ProcessTerminationTimeout = null,
        EnableDefaultExceptionHandler = false,
    };

    /// <summary>Runs what the arguments say; returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var parsed = CreateRoot().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            return Complaint.About([.. parsed.Errors.Select(error => error.Message), "'probe-agent --help' shows what there is"]);
        }

        try
        {
            return await parsed.InvokeAsync(Invocation);
        }
        catch (Exception exception)
        {
            return Complaint.About($"a bug of probe-agent, please report it: {exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <summary>All commands with their options.</summary>
    public static RootCommand CreateRoot()
    {
        var options = new SettingOptions();
        var root = new RootCommand(
            "Answers the kubelet's probes over plain HTTP by asking the app inside the pod, so that they tell the truth under strict mTLS.");
        root.Options.Remove(root.Options.OfType<VersionOption>().Single());
        options.AddTo(root, Setting.All);
        root.SetAction((parsed, _) => RunCommand.RunAsync(options.Given(parsed)));
        root.Subcommands.Add(RunCommand.Create(options));
        root.Subcommands.Add(StatusCommand.Create(options));
        root.Subcommands.Add(CheckCommand.Create(options));
        root.Subcommands.Add(ValidateCommand.Create(options));
        root.Subcommands.Add(InjectCommand.Create());
        root.Subcommands.Add(LintCommand.Create());
        root.Subcommands.Add(WebhookCommand.Create(options));
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(VersionCommand.Create());
        return root;
    }
}
