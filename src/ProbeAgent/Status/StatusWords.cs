using System.Globalization;
using ProbeAgent.Probing;

namespace ProbeAgent.Status;

/// <summary>The words of terminal and page for the same things.</summary>
internal static class StatusWords
{
    // More names than this are a list that nobody reads in a headline.
    private const int MaxNames = 3;

    // Far more than any agent runs, and no more than a duration can hold.
    private const double LongestSeconds = 1e9;

    /// <summary>A check's state in a few words: <c>DOWN (connection_refused) for 4 min 5 s, since …</c>.</summary>
    public static string StateOf(CheckStatus check) => check is { Since: { } since }
        ? $"{WordOf(check)} for {Ago(check.ForSeconds)}, since {At(since)}"
        : WordOf(check);

    /// <summary>A check's state without its time: <c>DOWN (connection_refused)</c>.</summary>
    public static string WordOf(CheckStatus check) => check switch
    {
        { Since: null } => "not asked yet",
        { Status: "fail" } => $"DOWN ({check.Reason})",
        { Status: "warn" } => "up with a warning",
        { Status: "pass" } => "up",
        _ => check.Status,
    };

    /// <summary>A change in a few words: <c>DOWN (connection_refused), was up for 2 h 3 min</c>.</summary>
    public static string Of(TransitionStatus transition)
    {
        var now = transition.To == "down" ? $"DOWN ({transition.Reason})" : transition.To;
        return transition.LastedSeconds is { } lasted ? $"{now}, was {transition.From} for {Ago(lasted)}" : $"{now}, the first answer";
    }

    /// <summary>The sidecar in a few words: <c>istio, ready since …</c>.</summary>
    public static string Of(MeshStatus mesh) => mesh switch
    {
        { Ready: { } ready, Since: { } since } => $"{mesh.Name}, {(ready ? "ready" : "NOT READY")} since {At(since)}",
        { Ready: { } ready } => $"{mesh.Name}, {(ready ? "ready" : "NOT READY")}",
        _ => mesh.Name,
    };

    /// <summary>How the parts of the last attempt went, by name; empty before the first.</summary>
    public static IEnumerable<(string Name, double Seconds)> PartsOf(PhasesStatus? phases)
    {
        (string Name, double? Seconds)[] parts =
        [
            ("connect", phases?.ConnectSeconds),
            ("TLS", phases?.TlsSeconds),
            ("first byte", phases?.FirstByteSeconds),
            ("body", phases?.BodySeconds),
        ];
        return from part in parts where part.Seconds is not null select (part.Name, part.Seconds ?? 0);
    }

    /// <summary>All checks in one line: <c>3 checks: 1 DOWN (cache), 2 up</c>.</summary>
    public static string Verdict(IReadOnlyList<(string Name, CheckStatus Check)> checks)
    {
        if (checks.Count == 0)
        {
            return "no check is configured";
        }

        var down = checks.Where(entry => entry.Check.Status == "fail").Select(entry => entry.Name).ToList();
        var others = from entry in checks
                     where entry.Check.Status != "fail"
                     group entry by WordOf(entry.Check) into alike
                     select Count(alike.Count(), alike.Key);
        IEnumerable<string> first = down.Count == 0 ? [] : [$"{Count(down.Count, "DOWN")} ({Names(down)})"];
        return $"{Count(checks.Count, checks.Count == 1 ? "check" : "checks")}: {string.Join(", ", first.Concat(others))}";
    }

    /// <summary>A moment in UTC, as in the log.</summary>
    public static string At(DateTimeOffset moment) =>
        string.Create(CultureInfo.InvariantCulture, $"{moment.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z");

    /// <summary>A duration in whole seconds.</summary>
    public static string Ago(double seconds) => DurationText.Of(TimeSpan.FromSeconds(Math.Floor(Math.Clamp(seconds, 0, LongestSeconds))));

    /// <summary>A duration to fractions of a millisecond.</summary>
    public static string Took(double seconds) => DurationText.Of(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestSeconds)));

    /// <summary>A number of things.</summary>
    public static string Count(int count, string things) => string.Create(CultureInfo.InvariantCulture, $"{count} {things}");

    private static string Names(List<string> names) => names.Count <= MaxNames
        ? string.Join(", ", names)
        : string.Join(", ", names.Take(MaxNames)) + $" and {Count(names.Count - MaxNames, "more")}";
}
