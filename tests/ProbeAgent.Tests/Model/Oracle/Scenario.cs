namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>All that happens to an agent in one run. Lists are in order of time.</summary>
internal sealed record Scenario
{
    public required IReadOnlyList<PlannedCheck> Checks { get; init; }

    public required IReadOnlyList<PlannedProbe> Probes { get; init; }

    public required IReadOnlyList<Stall> Stalls { get; init; }

    public required IReadOnlyList<WallJump> Jumps { get; init; }

    /// <summary>When the pod begins to end; null where it does not.</summary>
    public required TimeSpan? DrainsAt { get; init; }

    /// <summary>When the agent gets to read what came at that moment.</summary>
    public TimeSpan Awake(TimeSpan at) => Stalls.FirstOrDefault(stall => stall.From <= at && at < stall.To)?.To ?? at;

    /// <summary>How long it had no CPU in a stretch of time.</summary>
    public TimeSpan Stalled(TimeSpan from, TimeSpan to) => Stalls
        .Select(stall => (stall.To < to ? stall.To : to) - (stall.From > from ? stall.From : from))
        .Where(overlap => overlap > TimeSpan.Zero)
        .Aggregate(TimeSpan.Zero, (sum, overlap) => sum + overlap);

    public override string ToString() => string.Join('\n', [
        .. Checks.Select(check => check.ToString()),
        .. Probes.Select(probe => (probe.At, Text: probe.ToString()))
            .Concat(Stalls.Select(stall => (At: stall.From, Text: stall.ToString())))
            .Concat(Jumps.Select(jump => (jump.At, Text: jump.ToString())))
            .Concat(DrainsAt is { } at ? [(At: at, Text: $"{at.TotalMilliseconds:0.0} drains")] : [])
            .OrderBy(item => item.At).Select(item => item.Text)]);
}
