namespace ProbeAgent.Configuration;

/// <summary>Reads what variables and options say.</summary>
/// <param name="given">What the user gave.</param>
/// <param name="targets">How a target is read.</param>
/// <param name="findings">What comes to light.</param>
internal sealed class SettingsReader(GivenSettings given, TargetReader targets, Findings findings)
{
    private const string DefaultName = "app";

    // What a target says of a check, whichever kind it is.
    private static readonly string[] KeysOfTarget =
    [
        "httpGet.host", "httpGet.port", "httpGet.scheme", "httpGet.path", "tcpSocket.host", "tcpSocket.port",
        "grpc.host", "grpc.port", "grpc.service",
    ];

    /// <summary>Where the values of the check and the relay stand, by their path in a document.</summary>
    public Dictionary<string, string> Origins { get; } = new(StringComparer.Ordinal);

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

        AddOrigins(name, timeout, maxAge, target);
        var check = new CheckConfiguration
        {
            Name = name?.Value ?? DefaultName,
            Container = name?.Value ?? DefaultName,
            Action = target.Value,
        };
        return new Found<CheckConfiguration>(
            check with { Timeout = timeout?.Value ?? check.Timeout, MaxAge = maxAge?.Value ?? check.MaxAge }, target.Origin);
    }

    private void AddOrigins(Found<string>? name, Found<TimeSpan>? timeout, Found<TimeSpan>? maxAge, Found<CheckAction> target)
    {
        foreach (var key in KeysOfTarget)
        {
            Origins[$"checks[0].{key}"] = target.Origin.Source;
        }

        foreach (var (key, origin) in new[] { ("name", name?.Origin), ("timeoutSeconds", timeout?.Origin), ("maxAgeSeconds", maxAge?.Origin) })
        {
            if (origin is not null)
            {
                Origins[$"checks[0].{key}"] = origin.Source;
            }
        }
    }

    /// <summary>The relay of <see cref="Setting.MetricsTarget"/>; null where that was not given, or is wrong.</summary>
    public Found<RelayConfiguration>? ReadRelay()
    {
        if (Read(Setting.MetricsTarget, targets.Page) is not { } page)
        {
            return null;
        }

        Origins["relays[0].target"] = page.Origin.Source;
        return new Found<RelayConfiguration>(new RelayConfiguration(DefaultName, page.Value), page.Origin);
    }
}
