using Microsoft.Extensions.Time.Testing;

namespace ProbeAgent.Tests;

/// <summary>A clock whose timers fire late, as those of a process that gets no CPU do.</summary>
internal sealed class LateClock(TimeSpan lateness) : TimeProvider
{
    private readonly FakeTimeProvider time = new();
    private TimeSpan hidden;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => time.GetTimestamp() + hidden.Ticks;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + hidden;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);

    /// <summary>Time passes, and it has been longer than the timers knew.</summary>
    public void Advance(TimeSpan by) => Advance(by, lateness);

    /// <summary>The same, with another lateness.</summary>
    public void Advance(TimeSpan by, TimeSpan lateness)
    {
        hidden += lateness;
        time.Advance(by);
    }
}
