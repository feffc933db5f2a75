using System.CommandLine;
using ProbeAgent.Configuration;
using ProbeAgent.Hosting;

namespace ProbeAgent.Cli;

/// <summary><c>validate</c>: says every mistake of a configuration, or what it comes to.</summary>
internal static class ValidateCommand
{
    /// <summary>The command.</summary>
    public static Command Create(SettingOptions options)
    {
        var file = new Argument<string?>("FILE|-")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "A configuration document, or '-' for standard input. Default: the configuration of 'run'.",
        };
        var command = new Command("validate", "Say every mistake of a configuration at once, or print what counts and where each value comes from.");
        command.Arguments.Add(file);
        options.AddTo(command, Setting.All);
        command.SetAction((parsed, _) => Task.FromResult(Validate(options.Given(parsed), parsed.GetValue(file))));
        return command;
    }

    private static int Validate(GivenSettings given, string? file)
    {
        if (file is null)
        {
            return Report(new ConfigurationReader(given, PodSurroundings.OfThisPod()).Read());
        }

        var (document, mistake) = file == "-"
            ? DocumentText.FromStream("stdin", Console.OpenStandardInput())
            : DocumentText.FromFile(file);
        return document is null
            ? Complaint.About(mistake)
            : Report(new ConfigurationReader(given, PodSurroundings.OfAnotherMachine()).Read(document));
    }

    private static int Report(ConfigurationOutcome outcome)
    {
        foreach (var warning in outcome.Warnings)
        {
            Terminal.WriteErrorLine($"warning: {warning}");
        }

        foreach (var line in outcome.MistakeLines())
        {
            Terminal.WriteErrorLine(line);
        }

        if (outcome.Configuration is not { } configuration)
        {
            return ExitCode.WrongUse;
        }

        Terminal.Write(EffectiveConfiguration.Write(configuration, outcome.Origins));
        return ExitCode.Ok;
    }
}
