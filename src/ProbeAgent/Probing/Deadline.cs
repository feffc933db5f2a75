using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>
/// The moment by which a question must be answered. It knows how much of the time was the agent's own: where that is more than
/// 50 ms this process got no CPU, which is not the app's fault. What has arrived meanwhile then gets one last pass of at most 50 ms.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(50);
    // Shorter turns are work, not waiting: an app that drips without a pause makes thousands of them.
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan LastPass = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider timeProvider;
    private readonly CancellationTokenSource ending;
    private readonly ITimer timer;
    private readonly long started;
    private readonly Lock gate = new();
    private TimeSpan ours;
    private TimeSpan? ourTurnSince;
    private bool isRequestDue;
    private Socket? awaited;
    private bool isLastPass;

    /// <summary>Starts the clock. The token also ends with <paramref name="agentStopping"/>.</summary>
    public Deadline(TimeSpan budget, TimeProvider timeProvider, CancellationToken agentStopping)
    {
        this.timeProvider = timeProvider;
        Budget = budget;
        started = timeProvider.GetTimestamp();
        ending = CancellationTokenSource.CreateLinkedTokenSource(agentStopping);
        timer = timeProvider.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(budget, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How long the whole question may take.</summary>
    public TimeSpan Budget { get; }

    /// <summary>Cancelled once the time is up.</summary>
    public CancellationToken Token => ending.Token;

    /// <summary>True once the time is up; false where something else has ended the question.</summary>
    public bool IsOver { get; private set; }

    /// <summary>True where the timer itself came more than 50 ms late.</summary>
    public bool FiredLate { get; private set; }

    /// <summary>True where the app had not the time it should have had: what it has not said by now is not its fault.</summary>
    public bool WasLate { get; private set; }

    /// <summary>How much of the time was the agent's own.</summary>
    public TimeSpan Own => Lost().Lost;

    /// <summary>What went wrong when the time was up, a bug of the agent; null where nothing did.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Time since the question began.</summary>
    public TimeSpan Elapsed => timeProvider.GetElapsedTime(started);

    /// <summary>An attempt begins, with the agent's turn.</summary>
    public void BeginAttempt()
    {
        isRequestDue = false;
        BeginOurTurn(TimeSpan.Zero);
    }

    /// <summary>It is the agent's turn.</summary>
    /// <param name="since">How long it has been already: an answer may have lain there.</param>
    public void BeginOurTurn(TimeSpan since)
    {
        lock (gate)
        {
            awaited = null;
            ourTurnSince ??= Elapsed - since;
        }
    }

    /// <summary>A request is to be sent: whatever else comes and goes, until then it is the agent's turn.</summary>
    public void OweRequest()
    {
        BeginOurTurn(TimeSpan.Zero);
        isRequestDue = true;
    }

    /// <summary>The request goes out.</summary>
    public void PayRequest()
    {
        isRequestDue = false;
        EndOurTurn(null);
    }

    /// <summary>It is the app's turn, or nobody's between two attempts.</summary>
    /// <param name="awaiting">On which connection something of the app is waited for; null where on none.</param>
    public void EndOurTurn(Socket? awaiting)
    {
        lock (gate)
        {
            awaited = awaiting ?? awaited;
            if (isRequestDue)
            {
                return;
            }

            ours += OurTurn();
            ourTurnSince = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        ending.Dispose();
    }

    // On a timer's thread an exception would end the process.
    private void Ring()
    {
        try
        {
            OnDue();
        }
        catch (Exception exception)
        {
            Fault = exception;
            End();
        }
    }

    private void OnDue()
    {
        if (!isLastPass && DeservesLastPass())
        {
            isLastPass = true;
            timer.Change(LastPass, Timeout.InfiniteTimeSpan);
            return;
        }

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

    private bool DeservesLastPass()
    {
        var (lost, isSomethingThere) = Lost();
        FiredLate = Elapsed - Budget > Tolerance;
        WasLate = FiredLate || lost > Tolerance;
        return WasLate || isSomethingThere;
    }

    // The agent's own time, with that in which something of the app lay unread.
    private (TimeSpan Lost, bool IsSomethingThere) Lost()
    {
        lock (gate)
        {
            var unread = awaited is { } socket && TcpInfo.HasUnread(socket) ? TcpInfo.SinceData(socket) : (TimeSpan?)null;
            return (ours + OurTurn() + (unread ?? TimeSpan.Zero), unread is not null);
        }
    }

    private TimeSpan OurTurn() => Elapsed - ourTurnSince is { } turn && turn > Work ? turn : TimeSpan.Zero;
}
