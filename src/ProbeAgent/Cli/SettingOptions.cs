using System.Collections;
using System.CommandLine;
using System.CommandLine.Parsing;
using ProbeAgent.Configuration;

namespace ProbeAgent.Cli;

/// <summary>The options that stand for settings, the same on every command that reads a configuration.</summary>
internal sealed class SettingOptions
{
    private readonly Dictionary<Setting, Option<string>> options =
        Setting.All.ToDictionary(setting => setting, Create);

    /// <summary>Adds some or all of them to a command.</summary>
    public void AddTo(Command command, params IEnumerable<Setting> settings)
    {
        foreach (var setting in settings)
        {
            command.Options.Add(options[setting]);
        }
    }

    /// <summary>What the user gave, by options and by variables.</summary>
    public GivenSettings Given(ParseResult parsed) => new(GivenOptions(parsed), Environment());

    /// <summary>The same, with a target that was given as an argument.</summary>
    public GivenSettings GivenWithTarget(ParseResult parsed, string target) =>
        new(new Dictionary<Setting, string>(GivenOptions(parsed)) { [Setting.Target] = target }, Environment());

    private static Option<string> Create(Setting setting) => new(setting.Option)
    {
        Description = $"{setting.Description} [{setting.Variable}]",
        HelpName = "value",
    };

    private Dictionary<Setting, string> GivenOptions(ParseResult parsed) => options
        .Where(pair => parsed.GetResult(pair.Value) is OptionResult { Implicit: false })
        .ToDictionary(pair => pair.Key, pair => parsed.GetValue(pair.Value) ?? "");

    private static Dictionary<string, string> Environment() => System.Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}
