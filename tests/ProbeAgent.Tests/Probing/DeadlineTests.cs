using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Probing;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(900);

    [Fact]
    public void Token_AtTheBudget_IsCancelled()
    {
        var time = new SteadyClock();
        using var deadline = Awaiting(time);

        time.Advance(Budget - TimeSpan.FromMilliseconds(1));
        Assert.False(deadline.Token.IsCancellationRequested);

        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.False(deadline.WasLate);
    }

    [Fact]
    public void Token_WhenTheTimerIsUpTo50MsLate_IsCancelledAfterALookThatIsOnTime()
    {
        var time = new LateClock(TimeSpan.FromMilliseconds(50));
        using var deadline = Awaiting(time);

        time.Advance(Budget - TimeSpan.FromMilliseconds(1));
        Assert.False(deadline.Token.IsCancellationRequested);

        time.Advance(TimeSpan.FromMilliseconds(10), lateness: TimeSpan.Zero);
        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.False(deadline.WasLate);
    }

    [Fact]
    public void Token_WhenTheTimerIsMoreThan50MsLate_GivesOneLastPassOf50Ms()
    {
        var time = new LateClock(TimeSpan.FromMilliseconds(61));
        using var deadline = Awaiting(time);

        time.Advance(Budget - TimeSpan.FromMilliseconds(10));
        Assert.False(deadline.Token.IsCancellationRequested);
        Assert.True(deadline.WasLate);

        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.True(deadline.Token.IsCancellationRequested);
    }

    [Fact]
    public void WasLate_WhereTheRequestWentOutMoreThan50MsLate_GivesOneLastPass()
    {
        var time = new SteadyClock();
        using var deadline = new Deadline(Budget, time, CancellationToken.None);
        time.Advance(TimeSpan.FromMilliseconds(55));
        deadline.Turns.AwaitData(null);

        time.Advance(Budget - TimeSpan.FromMilliseconds(55));

        Assert.Equal((true, false), (deadline.WasLate, deadline.IsOver));
    }

    [Fact]
    public void WasLate_WhereTheAppHadItsTime_IsFalse()
    {
        var time = new SteadyClock();
        using var deadline = new Deadline(Budget, time, CancellationToken.None);
        time.Advance(TimeSpan.FromMilliseconds(50));
        deadline.Turns.AwaitData(null);

        time.Advance(Budget - TimeSpan.FromMilliseconds(50));

        Assert.Equal((false, true), (deadline.WasLate, deadline.IsOver));
    }

    [Fact]
    public void WasLate_WhereTheAgentStoodStillOftenButShortly_CountsAllOfIt()
    {
        var time = new SteadyClock();
        using var deadline = Awaiting(time);
        for (var turn = 0; turn < 2; turn++)
        {
            deadline.Turns.BeginAttempt();
            time.Advance(TimeSpan.FromMilliseconds(30));
            deadline.Turns.AwaitData(null);
        }

        time.Advance(Budget - TimeSpan.FromMilliseconds(60));

        Assert.True(deadline.WasLate);
    }

    [Fact]
    public void Token_WhileWeHaveSomethingToDo_GivesOneLastPassWithoutBlame()
    {
        var time = new SteadyClock();
        using var deadline = Awaiting(time);
        time.Advance(Budget - TimeSpan.FromMilliseconds(20));
        deadline.Turns.BeginAttempt();

        time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Equal((false, false), (deadline.WasLate, deadline.IsOver));

        deadline.Turns.AwaitData(null);
        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal((false, true), (deadline.WasLate, deadline.IsOver));
    }

    [Fact]
    public void WasLate_WhereNoLookCameOnTime_IsTrue()
    {
        var time = new LateClock(TimeSpan.Zero);
        using var deadline = Awaiting(time);
        time.Advance(Budget - TimeSpan.FromMilliseconds(10));

        while (!deadline.IsOver)
        {
            time.Advance(TimeSpan.FromMilliseconds(10), lateness: TimeSpan.FromMilliseconds(20));
        }

        Assert.InRange(deadline.Elapsed, Budget, Budget + TimeSpan.FromMilliseconds(90));
        Assert.True(deadline.WasLate);
    }

    [Fact]
    public void Token_WhenTheAgentStops_IsCancelled()
    {
        using var stopping = new CancellationTokenSource();
        using var deadline = new Deadline(Budget, new SteadyClock(), stopping.Token);

        stopping.Cancel();

        Assert.True(deadline.Token.IsCancellationRequested);
    }

    private static Deadline Awaiting(TimeProvider time)
    {
        var deadline = new Deadline(Budget, time, CancellationToken.None);
        deadline.Turns.AwaitData(null);
        return deadline;
    }
}
