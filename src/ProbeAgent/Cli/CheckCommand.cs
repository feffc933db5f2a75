using System.CommandLine;
using ProbeAgent.Configuration;
using ProbeAgent.Hosting;

namespace ProbeAgent.Cli;

/// <summary><c>check</c>: asks the app once, now.</summary>
internal static class CheckCommand
{
    /// <summary>The command.</summary>
    public static Command Create(SettingOptions options)
    {
        var what = new Argument<string?>("NAME|URL")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "A configured check, or a target such as ':80/status' or 'tcp://:6379'. Default: every configured check.",
        };
        var command = new Command("check", "Ask once, now, with the configuration of 'run' or the target given; exit code 0 where it holds, 1 where not.");
        command.Arguments.Add(what);
        options.AddTo(command, Setting.Target, Setting.Name, Setting.TimeoutSeconds, Setting.MaxAgeSeconds, Setting.ConfigFile, Setting.ConfigYaml);
        command.SetAction((parsed, _) => parsed.GetValue(what) switch
        {
            { } target when IsTarget(target) => AskAsync(options.GivenWithTarget(parsed, target), name: null),
            var name => AskAsync(options.Given(parsed), name),
        });
        return command;
    }

    private static bool IsTarget(string text) => text.Contains(':', StringComparison.Ordinal) || text.StartsWith('/') || text.All(char.IsAsciiDigit);

    private static async Task<int> AskAsync(GivenSettings given, string? name)
    {
        var outcome = new ConfigurationReader(given, PodSurroundings.OfThisPod()).Read();
        if (outcome.Configuration is not { } configuration)
        {
            // A target that was given as an argument has no option to name.
            return Complaint.About(outcome.Mistakes.Select(mistake =>
                name is null && mistake.Source == Setting.Target.Option ? mistake.Message : mistake.ToString()));
        }

        var asked = configuration.Checks.Where(check => name is null || check.Name == name).ToList();
        if (asked.Count == 0)
        {
            return Complaint.About(name is null
                ? "no check is configured; give a target, as in 'probe-agent check :80/status'"
                : $"there is no check '{name}'; configured: {string.Join(", ", configuration.Checks.Select(check => check.Name))}");
        }

        var (holds, text) = await new OneQuestion(configuration with { Checks = asked }, TimeProvider.System).AskAsync();
        Terminal.Write(text);
        return holds ? ExitCode.Ok : ExitCode.No;
    }
}
