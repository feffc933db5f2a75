namespace ProbeAgent.Configuration;

/// <summary>All that a user gave: the command line goes before the environment, setting by setting.</summary>
/// <param name="commandLine">Values of options, by setting.</param>
/// <param name="environment">The environment; an empty variable counts as none.</param>
internal sealed class GivenSettings(
    IReadOnlyDictionary<Setting, string> commandLine,
    IReadOnlyDictionary<string, string> environment)
{
    /// <summary>The value that counts; null where none was given.</summary>
    public Given? this[Setting setting]
    {
        get
        {
            if (commandLine.TryGetValue(setting, out var option))
            {
                return new Given(setting.Option, option);
            }

            return environment.TryGetValue(setting.Variable, out var variable) && variable.Length > 0
                ? new Given(setting.Variable, variable)
                : null;
        }
    }

    /// <summary>The variable behind an option that was given as well; null where only one of them was, or none.</summary>
    public Given? Shadowed(Setting setting) =>
        commandLine.ContainsKey(setting) && environment.TryGetValue(setting.Variable, out var variable) && variable.Length > 0
            ? new Given(setting.Variable, variable)
            : null;

    /// <summary>Variables that look like ours and are none; what Kubernetes sets for Services is left out.</summary>
    public IEnumerable<string> UnknownVariables() => environment
        .Where(variable => !ServiceLink.IsMatch(variable.Key, variable.Value))
        .Select(variable => variable.Key)
        .Where(name => name.StartsWith("PROBEAGENT_", StringComparison.Ordinal))
        .Where(name => !Setting.All.Any(setting => setting.Variable == name))
        .Order(StringComparer.Ordinal);
}
