using System.Globalization;

namespace ProbeAgent.EnduranceTests;

/// <summary>All that the witness has seen: what the app was, by its own log, and what the probes were told.</summary>
public sealed record Testimony(IReadOnlyList<AppState> States, IReadOnlyList<ObservedProbe> Probes)
{
    // The path by which the app is asked without the agent.
    private const string Direct = "/direct";
    private const double SlackMilliseconds = 50;

    /// <summary>The probes of the agent.</summary>
    public IEnumerable<ObservedProbe> OfAgent => Probes.Where(probe => probe.Path != Direct);

    /// <summary>
    /// Answers about an app that was in the opposite state from 50 ms and <paramref name="maxAge"/> before the probe was sent until its
    /// answer came. <c>agent_late</c> and <c>draining</c> say nothing of the app.
    /// </summary>
    public IReadOnlyList<ObservedProbe> Untrue(TimeSpan maxAge) =>
        [.. OfAgent.Where(probe => probe.IsOfACheck && !probe.IsLost && !probe.IsLate && !probe.IsDraining && IsUntrue(probe, maxAge))];

    /// <summary>Probes without a whole answer that were sent from one moment to the other.</summary>
    public IReadOnlyList<ObservedProbe> Lost(double from = 0, double until = double.MaxValue) =>
        [.. OfAgent.Where(probe => probe.IsLost && probe.Sent >= from && probe.Sent <= until)];

    /// <summary>Answers that broke off. Whoever hangs up before the first byte is refusing, not breaking.</summary>
    public IReadOnlyList<ObservedProbe> Broken => [.. OfAgent.Where(probe => probe.Loss.Contains("broken in the middle", StringComparison.Ordinal))];

    /// <summary>Where this is not empty the machine was too slow for the app itself, and the rest proves nothing.</summary>
    public IReadOnlyList<ObservedProbe> AppsOwnFailures =>
        [.. Probes.Where(probe => probe.Path == Direct && probe.Code != 200 && States.Any(state => state.IsWell && state.Held(probe.Sent, probe.Ended)))];

    /// <summary>How many probes were told what.</summary>
    public string Summary => string.Join(", ", OfAgent.CountBy(probe => probe.Word).OrderByDescending(word => word.Value)
        .Select(word => string.Create(CultureInfo.InvariantCulture, $"{word.Value} x {word.Key}")));

    private bool IsUntrue(ObservedProbe probe, TimeSpan maxAge) => States.Any(state =>
        state.IsWell != (probe.Code == 200)
        && state.Held(probe.Sent - SlackMilliseconds - maxAge.TotalMilliseconds, probe.Ended));
}
