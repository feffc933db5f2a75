namespace ProbeAgent.Checks;

/// <summary>The time in which a question must be answered, so that the kubelet hears a code and not its own timeout.</summary>
internal static class Budget
{
    private static readonly TimeSpan MaxMargin = TimeSpan.FromMilliseconds(250);

    /// <summary>The probe's timeout less a margin of 10 %, at most 250 ms: 900 ms of 1 s.</summary>
    public static TimeSpan Within(TimeSpan probeTimeout)
    {
        var margin = probeTimeout / 10;
        return probeTimeout - (margin < MaxMargin ? margin : MaxMargin);
    }
}
