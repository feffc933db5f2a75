using System.Threading.Channels;

namespace ProbeAgent.Tests;

/// <summary>A clock that stands still, and tells when somebody begins to wait on it.</summary>
internal sealed class SignallingClock : SteadyClock
{
    private readonly Channel<TimeSpan> begun = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        begun.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Lets a pause of this length pass as soon as somebody has begun it.</summary>
    public async Task PassPauseAsync(TimeSpan pause)
    {
        while (await begun.Reader.ReadAsync(TestContext.Current.CancellationToken) != pause)
        {
        }

        Advance(pause);
    }
}
