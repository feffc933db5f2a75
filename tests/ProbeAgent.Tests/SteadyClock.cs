using Microsoft.Extensions.Time.Testing;

namespace ProbeAgent.Tests;

/// <summary>A clock that moves by a few milliseconds, so that timers come on time, as those of a process that has its CPU do.</summary>
internal class SteadyClock : FakeTimeProvider
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    /// <summary>Time passes.</summary>
    public new void Advance(TimeSpan by)
    {
        for (; by > Step; by -= Step)
        {
            base.Advance(Step);
        }

        base.Advance(by);
    }
}
