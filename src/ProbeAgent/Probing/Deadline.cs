namespace ProbeAgent.Probing;

/// <summary>
/// The moment by which a question must be answered. It knows how much of the time was the agent's own: where that is more than
/// 50 ms this process got no CPU, which is not the app's fault. What has arrived meanwhile then gets one last pass of at most 50 ms.
/// The app is blamed only at a second look, 10 ms after another, that came on time: what some thread could do for it is done by then.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastPass = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    // On a busy node timers come some milliseconds late; a process that is out of its quota stands still for longer.
    private static readonly TimeSpan OnTime = TimeSpan.FromMilliseconds(15);

    private readonly TimeProvider timeProvider;
    private readonly CancellationTokenSource ending;
    private readonly ITimer timer;
    private readonly long started;
    private TimeSpan due;
    private TimeSpan? endOfLastPass;

    /// <summary>Starts the clock. The token also ends with <paramref name="agentStopping"/>.</summary>
    public Deadline(TimeSpan budget, TimeProvider timeProvider, CancellationToken agentStopping)
    {
        this.timeProvider = timeProvider;
        Budget = budget;
        started = timeProvider.GetTimestamp();
        Turns = new Turns(timeProvider, started);
        ending = CancellationTokenSource.CreateLinkedTokenSource(agentStopping);
        timer = timeProvider.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (budget != Timeout.InfiniteTimeSpan)
        {
            LookAt(budget - BetweenLooks);
        }
    }

    /// <summary>How long the whole question may take.</summary>
    public TimeSpan Budget { get; }

    /// <summary>Cancelled once the time is up.</summary>
    public CancellationToken Token => ending.Token;

    /// <summary>True once the time is up; false where something else has ended the question.</summary>
    public bool IsOver { get; private set; }

    /// <summary>True where the timer itself came more than 50 ms after the budget.</summary>
    public bool FiredLate { get; private set; }

    /// <summary>True where the app had not the time it should have had: what it has not said by now is not its fault.</summary>
    public bool WasLate { get; private set; }

    /// <summary>Whose turn it is.</summary>
    public Turns Turns { get; }

    /// <summary>What went wrong when the time was up, a bug of the agent; null where nothing did.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Time since the question began.</summary>
    public TimeSpan Elapsed => timeProvider.GetElapsedTime(started);

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        ending.Dispose();
    }

    private void LookAt(TimeSpan moment)
    {
        due = moment;
        timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((moment - Elapsed).TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }

    // On a timer's thread an exception would end the process.
    private void Ring()
    {
        try
        {
            Look();
        }
        catch (Exception exception)
        {
            Fault = exception;
            End();
        }
    }

    private void Look()
    {
        var now = Elapsed;
        if (now < Budget)
        {
            LookAt(now + BetweenLooks > Budget ? now + BetweenLooks : Budget);
            return;
        }

        var isOnTime = now - due <= OnTime;
        var (own, hasWork) = Turns.Sum();
        if (endOfLastPass is null)
        {
            FiredLate = now - Budget > Tolerance;
            endOfLastPass = now + LastPass;
        }

        WasLate |= FiredLate || own > Tolerance;
        if (now < endOfLastPass && (!isOnTime || WasLate || hasWork))
        {
            LookAt(now + BetweenLooks);
            return;
        }

        WasLate |= !isOnTime;
        IsOver = true;
        End();
    }

    private void End()
    {
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
