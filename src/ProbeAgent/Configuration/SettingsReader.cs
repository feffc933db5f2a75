namespace ProbeAgent.Configuration;

/// <summary>Reads what variables and options say.</summary>
/// <param name="given">What the user gave.</param>
/// <param name="targets">How a target is read.</param>
/// <param name="findings">What comes to light.</param>
internal sealed class SettingsReader(GivenSettings given, TargetReader targets, Findings findings)
{
    private const string DefaultName = "app";

    /// <summary>One value; null where it was not given, or is wrong.</summary>
    public Found<T>? Read<T>(Setting setting, Func<string, Judged<T>> rule) => given[setting] is { } value
        ? findings.Judge(value.Text, rule(value.Text), Origin.Of(value))
        : null;

    /// <summary>One of a closed list of words.</summary>
    public Found<T>? Read<T>(Setting setting, IReadOnlyList<(string Word, T Value)> words) =>
        Read(setting, text => ValueRule.OneOf(text, words));

    /// <summary>The check of <see cref="Setting.Target"/>; null where that was not given, or is wrong.</summary>
    public Found<CheckConfiguration>? ReadCheck()
    {
        Setting[] ofTheCheck = [Setting.Name, Setting.TimeoutSeconds, Setting.MaxAgeSeconds];
        if (given[Setting.Target] is null)
        {
            findings.Mistakes.AddRange(ofTheCheck.Select(setting => given[setting]).OfType<Given>().Select(orphan =>
                Origin.Of(orphan).Mistake($"belongs to the check of {Setting.Target.Variable}, which is not set")));
            return null;
        }

        var name = Read(Setting.Name, ValueRule.DnsLabel);
        var timeout = Read(Setting.TimeoutSeconds, ValueRule.WholeSeconds(1, 300));
        var maxAge = Read(Setting.MaxAgeSeconds, ValueRule.MaxAge);
        if (Read(Setting.Target, targets.Check) is not { } target)
        {
            return null;
        }

        var check = new CheckConfiguration
        {
            Name = name?.Value ?? DefaultName,
            Container = name?.Value ?? DefaultName,
            Action = target.Value,
        };
        return new Found<CheckConfiguration>(
            check with { Timeout = timeout?.Value ?? check.Timeout, MaxAge = maxAge?.Value ?? check.MaxAge }, target.Origin);
    }

    /// <summary>The relay of <see cref="Setting.MetricsTarget"/>; null where that was not given, or is wrong.</summary>
    public Found<RelayConfiguration>? ReadRelay() => Read(Setting.MetricsTarget, targets.Page) is { } page
        ? new Found<RelayConfiguration>(new RelayConfiguration(DefaultName, page.Value), page.Origin)
        : null;
}
