namespace ProbeAgent.Probing;

/// <summary>
/// The moment by which a question must be answered. A timer that fires more than 50 ms late means that this process got no
/// CPU, which is not the app's fault: what has arrived meanwhile then gets one last pass of at most 50 ms.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastPass = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider timeProvider;
    private readonly CancellationTokenSource ending;
    private readonly ITimer timer;
    private readonly long started;

    /// <summary>Starts the clock. The token also ends with <paramref name="agentStopping"/>.</summary>
    public Deadline(TimeSpan budget, TimeProvider timeProvider, CancellationToken agentStopping)
    {
        this.timeProvider = timeProvider;
        Budget = budget;
        started = timeProvider.GetTimestamp();
        ending = CancellationTokenSource.CreateLinkedTokenSource(agentStopping);
        timer = timeProvider.CreateTimer(_ => OnDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(budget, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How long the whole question may take.</summary>
    public TimeSpan Budget { get; }

    /// <summary>Cancelled once the time is up.</summary>
    public CancellationToken Token => ending.Token;

    /// <summary>True once the time is up; false where something else has ended the question.</summary>
    public bool IsOver { get; private set; }

    /// <summary>True once the timer has fired more than 50 ms late.</summary>
    public bool WasLate { get; private set; }

    /// <summary>Time since the question began.</summary>
    public TimeSpan Elapsed => timeProvider.GetElapsedTime(started);

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        ending.Dispose();
    }

    private void OnDue()
    {
        if (!WasLate && Elapsed - Budget > Tolerance)
        {
            WasLate = true;
            timer.Change(LastPass, Timeout.InfiniteTimeSpan);
            return;
        }

        IsOver = true;
        try
        {
            ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The answer came in the same moment.
        }
    }
}
