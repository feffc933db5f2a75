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

        if (file.Length > 1 && file.StartsWith('-'))
        {
            return Complaint.About($"'{file}' is no option of 'validate'; 'probe-agent validate --help' shows what there is");
        }

        if ((given[Setting.ConfigFile] ?? given[Setting.ConfigYaml]) is { } second)
        {
            return Complaint.About($"{second.Source} names a second document beside '{file}'; give one of them");
        }

        var (document, mistake) = file == "-" ? ReadStandardInput() : DocumentText.FromFile(file, teller: "probe-agent");
        if (document is null)
        {
            Terminal.WriteErrorLine(mistake!.ToString());
            return ExitCode.WrongUse;
        }

        return Report(new ConfigurationReader(given, PodSurroundings.OfAnotherMachine()).Read(document));
    }

    private static (DocumentText? Document, ConfigurationMistake? Mistake) ReadStandardInput()
    {
        try
        {
            using var input = Console.OpenStandardInput();
            return DocumentText.FromStream("stdin", input);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, new ConfigurationMistake("probe-agent", $"standard input cannot be read: {exception.Message}"));
        }
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

        if (Terminal.Write(EffectiveConfiguration.Write(configuration, outcome.Origins)))
        {
            return ExitCode.Ok;
        }

        return Complaint.About("the effective configuration could not be written to standard output: it is closed, or full");
    }
}
