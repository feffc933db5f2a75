using System.Net;
using System.Net.Sockets;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Serving;

/// <summary>
/// The limits of the public port: 128 connections, 32 from one source that have not delivered a whole request head, 5 s for the
/// first one. Where there is no room the oldest connection without a head makes it, and never one whose answer is pending.
/// </summary>
internal sealed partial class ConnectionGuard : IDisposable
{
    private const int MaxConnections = 128;
    private const int MaxWaitingPerSource = 32;

    // More than this and connections end with their answer, so that none of those kept for another request are in the way.
    private const int MaxKept = MaxConnections / 2;
    private const int MaxKeptPerSource = MaxWaitingPerSource / 2;

    // In which a caller that is busy sends its head after it has connected: one that is younger makes room for nobody.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(5);

    // In which the bytes of an answer have certainly left the process.
    private static readonly TimeSpan AnswerLeaves = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly WaitingConnections waiting;
    private readonly AgentMetrics metrics;
    private readonly TimeProvider timeProvider;
    private readonly ILogger<ConnectionGuard> logger;
    private readonly ITimer headTimer;
    private TaskCompletionSource? room;
    private bool isTimerSet;
    private int open;

    /// <summary>A guard of one port.</summary>
    public ConnectionGuard(AgentMetrics metrics, TimeProvider timeProvider, ILogger<ConnectionGuard> logger)
    {
        this.metrics = metrics;
        this.timeProvider = timeProvider;
        waiting = new WaitingConnections(timeProvider);
        this.logger = logger;
        headTimer = timeProvider.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gives a new connection its place; null where no other one can make room yet.</summary>
    public ConnectionSlot? TryEnter(Socket socket)
    {
        var slot = new ConnectionSlot(this, socket, ((IPEndPoint)socket.RemoteEndPoint!).Address);
        ConnectionSlot? victim = null;
        lock (gate)
        {
            if (open >= MaxConnections && (victim = EvictOfTooMany() ?? Evict(static _ => true, "evicted")) is null)
            {
                return null;
            }

            metrics.Connections.Set(++open);
            AddWaiting(slot, Waiting.ForHead);
            if (HasTooMany(slot))
            {
                victim ??= EvictOfTooMany();
                headTimer.Change(Grace, Timeout.InfiniteTimeSpan);
            }
        }

        victim?.Close();
        return slot;
    }

    /// <summary>Ends the oldest connection without a head; false where there is none.</summary>
    public bool TryEvict()
    {
        ConnectionSlot? victim;
        lock (gate)
        {
            victim = Evict(static _ => true, "evicted");
        }

        victim?.Close();
        return victim is not null;
    }

    /// <summary>A connection was turned away because an answer is pending on every other one.</summary>
    public void TurnedAway() => metrics.ConnectionRejected("limit");

    /// <summary>Done when the next connection leaves.</summary>
    public Task RoomAsync()
    {
        lock (gate)
        {
            return (room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>The whole head of a request has arrived.</summary>
    /// <returns>True where the connection may be kept for another one.</returns>
    public bool BeginAnswer(ConnectionSlot slot)
    {
        lock (gate)
        {
            waiting.Remove(slot);
            return MayKeep(slot);
        }
    }

    /// <summary>The answer is out; the connection waits for another request. False where it may not, and has to end.</summary>
    public bool TryWaitForAnother(ConnectionSlot slot)
    {
        lock (gate)
        {
            // Asked once more: many may have begun their answers in the same moment.
            if (!MayKeep(slot))
            {
                return false;
            }

            AddWaiting(slot, Waiting.ForAnother);
            return true;
        }
    }

    /// <summary>The last answer is out; who does not take it must not keep a place with it.</summary>
    public void WaitForEnd(ConnectionSlot slot)
    {
        lock (gate)
        {
            AddWaiting(slot, Waiting.ForEnd);
        }
    }

    /// <summary>The request is refused, but its caller has not said all of it: until then the server does not end the connection.</summary>
    public void WaitForRest(ConnectionSlot slot)
    {
        lock (gate)
        {
            AddWaiting(slot, Waiting.ForHead);
        }
    }

    /// <summary>The connection has ended.</summary>
    public void Leave(ConnectionSlot slot)
    {
        TaskCompletionSource? waitedFor;
        lock (gate)
        {
            if (slot.HasLeft)
            {
                return;
            }

            LeaveLocked(slot);
            (waitedFor, room) = (room, null);
        }

        waitedFor?.SetResult();
    }

    /// <inheritdoc/>
    public void Dispose() => headTimer.Dispose();

    private ConnectionSlot? EvictOfTooMany() => Evict(HasTooMany, "source_limit");

    // The oldest of those that are meant, but none whose head has arrived meanwhile or may be on its way, none whose answer may still leave.
    private ConnectionSlot? Evict(Func<ConnectionSlot, bool> isMeant, string reason)
    {
        for (var next = waiting.Oldest; next is { Value: var slot };)
        {
            next = next.Next;
            if (!isMeant(slot) || waiting.AgeOf(slot) < GraceOf(slot))
            {
                continue;
            }

            if (slot.HasWholeHead)
            {
                waiting.Remove(slot);
                continue;
            }

            LeaveLocked(slot);
            metrics.ConnectionRejected(reason);
            return slot;
        }

        return null;
    }

    // An answer that its caller does not take goes nowhere in a second either.
    private static TimeSpan GraceOf(ConnectionSlot slot) =>
        slot.Waiting == Waiting.ForHead || (slot.Waiting == Waiting.ForEnd && slot.IsFull) ? Grace : AnswerLeaves;

    private bool HasTooMany(ConnectionSlot slot) =>
        slot.Waiting != Waiting.ForEnd && waiting.CountOf(slot.Source) > MaxWaitingPerSource;

    private bool MayKeep(ConnectionSlot slot) =>
        open <= MaxKept && waiting.CountOf(slot.Source) < MaxKeptPerSource;

    private void LeaveLocked(ConnectionSlot slot)
    {
        waiting.Remove(slot);
        slot.HasLeft = true;
        metrics.Connections.Set(--open);
    }

    private void AddWaiting(ConnectionSlot slot, Waiting what)
    {
        if (slot.HasLeft || slot.Place is not null)
        {
            return;
        }

        waiting.Add(slot, what);
        if (!isTimerSet && what == Waiting.ForHead)
        {
            isTimerSet = true;
            headTimer.Change(HeadTimeout, Timeout.InfiniteTimeSpan);
        }
    }

    // On a timer's thread an exception would end the process.
    private void Ring()
    {
        try
        {
            CloseOverdue();
        }
        catch (Exception exception)
        {
            headTimer.Change(HeadTimeout, Timeout.InfiniteTimeSpan);
            Tell(exception);
        }
    }

    private void Tell(Exception bug)
    {
        try
        {
            Log.Bug(logger, bug);
        }
        catch (Exception)
        {
            // Without memory there may be no line either.
        }
    }

    // Those that are kept after an answer are the server's to end: it does so without cutting anything off.
    private void CloseOverdue()
    {
        List<ConnectionSlot> overdue;
        lock (gate)
        {
            overdue = [.. waiting.ForHeadsLongerThan(HeadTimeout)];

            // A head that lies unread has come in time.
            overdue.Where(slot => slot.HasWholeHead).ToList().ForEach(waiting.Remove);
            overdue.RemoveAll(slot => slot.Place is null);
            overdue.ForEach(LeaveLocked);
            while (EvictOfTooMany() is { } one)
            {
                overdue.Add(one);
            }

            var next = waiting.Any(HasTooMany) ? Grace : HeadTimeout - waiting.LongestForHead;
            isTimerSet = next is not null;
            if (next is { } left)
            {
                headTimer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }

        overdue.ForEach(Close);
    }

    // They are not counted any more: what one of them throws must not keep the others open.
    private void Close(ConnectionSlot slot)
    {
        try
        {
            slot.Close();
        }
        catch (Exception exception)
        {
            Tell(exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6010, LogLevel.Error, "Connections without a request could not be ended: a bug of the agent, not of the app; please report it")]
        public static partial void Bug(ILogger logger, Exception exception);
    }
}
