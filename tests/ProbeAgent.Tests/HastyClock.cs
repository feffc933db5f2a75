using Microsoft.Extensions.Time.Testing;

namespace ProbeAgent.Tests;

/// <summary>A clock whose timers are due as soon as they are set: whoever sets them finds that the time has passed already.</summary>
internal sealed class HastyClock : TimeProvider
{
    private readonly FakeTimeProvider time = new();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new HastyTimer(time, callback, state);

    private sealed class HastyTimer(FakeTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                time.Advance(dueTime);
                callback(state);
            }

            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
