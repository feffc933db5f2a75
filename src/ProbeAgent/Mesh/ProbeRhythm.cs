namespace ProbeAgent.Mesh;

/// <summary>How often one probe comes, learnt from those in a row that succeeded. Not safe for threads.</summary>
internal sealed class ProbeRhythm(TimeProvider timeProvider)
{
    private const int Enough = 3;

    // Readiness is probed out of turn, twice within milliseconds, at each change. No period is shorter than a second.
    private static readonly TimeSpan OutOfTurn = TimeSpan.FromSeconds(0.5);

    private int seen;
    private long latest;
    private TimeSpan longestGap;

    /// <summary>The longest time between two of them; null until there were three.</summary>
    public TimeSpan? Period => seen == Enough ? longestGap : null;

    /// <summary>One has succeeded.</summary>
    public void Succeed()
    {
        var now = timeProvider.GetTimestamp();
        var gap = seen == 0 ? TimeSpan.Zero : timeProvider.GetElapsedTime(latest, now);
        if (seen > 0 && gap < OutOfTurn)
        {
            return;
        }

        (seen, latest) = (Math.Min(seen + 1, Enough), now);
        longestGap = gap > longestGap ? gap : longestGap;
    }

    /// <summary>One has failed: the kubelet may restart the container now, or ask out of turn, and nothing follows from what comes next.</summary>
    public void Forget() => (seen, longestGap) = (0, TimeSpan.Zero);
}
