using Microsoft.Extensions.Time.Testing;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Probing;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(900);

    [Fact]
    public void Token_AtTheBudget_IsCancelled()
    {
        var time = new FakeTimeProvider();
        using var deadline = new Deadline(Budget, time, CancellationToken.None);

        time.Advance(Budget - TimeSpan.FromMilliseconds(1));
        Assert.False(deadline.Token.IsCancellationRequested);

        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.False(deadline.WasLate);
    }

    [Fact]
    public void Token_WhenTheTimerIs50MsLate_IsCancelledAtOnce()
    {
        var time = new LateClock(TimeSpan.FromMilliseconds(50));
        using var deadline = new Deadline(Budget, time, CancellationToken.None);

        time.Advance(Budget);

        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.False(deadline.WasLate);
    }

    [Fact]
    public void Token_WhenTheTimerIsMoreThan50MsLate_GivesOneLastPassOf50Ms()
    {
        var time = new LateClock(TimeSpan.FromMilliseconds(51));
        using var deadline = new Deadline(Budget, time, CancellationToken.None);

        time.Advance(Budget);
        Assert.False(deadline.Token.IsCancellationRequested);
        Assert.True(deadline.WasLate);

        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.True(deadline.Token.IsCancellationRequested);
    }

    [Fact]
    public void Token_WhenTheAgentStops_IsCancelled()
    {
        using var stopping = new CancellationTokenSource();
        using var deadline = new Deadline(Budget, new FakeTimeProvider(), stopping.Token);

        stopping.Cancel();

        Assert.True(deadline.Token.IsCancellationRequested);
    }
}
