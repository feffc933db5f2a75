namespace ProbeAgent.Tests.Model;

/// <summary>
/// A clock that moves only where it is told to, with a wall clock that anybody may set. Timers whose time has passed fire when it
/// has moved: after a long step they are late, as those of a process that gets no CPU are.
/// </summary>
/// <param name="changed">Called where somebody begins to wait between two attempts.</param>
internal sealed class ModelClock(Action changed) : TimeProvider
{
    // How long a check waits before it asks again.
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(60)];

    private readonly Lock gate = new();
    private readonly List<ModelTimer> timers = [];
    private long now;
    private int pauses;

    /// <summary>The wall clock at the beginning.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 3, 29, 0, 59, 50, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Since the beginning.</summary>
    public TimeSpan Now => TimeSpan.FromTicks(Volatile.Read(ref now));

    /// <summary>How far the wall clock has been set away.</summary>
    public TimeSpan WallOffset { get; set; }

    /// <summary>How many wait between two attempts.</summary>
    public int Paused => Volatile.Read(ref pauses);

    /// <summary>When the next timer fires; null where none will.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (gate)
            {
                return timers.Min(timer => timer.Due);
            }
        }
    }

    public override long GetTimestamp() => Volatile.Read(ref now);

    public override DateTimeOffset GetUtcNow() => Start + Now + WallOffset;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ModelTimer(this, callback, state);
        Guarded(() => timers.Add(timer));
        timer.Change(dueTime, period);
        if (Pauses.Contains(dueTime) && period == Timeout.InfiniteTimeSpan)
        {
            timer.BeginPause();
        }

        return timer;
    }

    /// <summary>Moves on, and fires what is due by then.</summary>
    public void MoveTo(TimeSpan to)
    {
        Volatile.Write(ref now, to.Ticks);
        while (NextOf(to) is { } timer)
        {
            timer.Fire();
        }
    }

    public void Guarded(Action action)
    {
        lock (gate)
        {
            action();
        }
    }

    public void Forget(ModelTimer timer) => Guarded(() => timers.Remove(timer));

    public void PauseBegan()
    {
        Interlocked.Increment(ref pauses);
        changed();
    }

    public void PauseEnded() => Interlocked.Decrement(ref pauses);

    private ModelTimer? NextOf(TimeSpan by)
    {
        lock (gate)
        {
            return timers.Where(timer => timer.Due <= by).MinBy(timer => timer.Due);
        }
    }
}
