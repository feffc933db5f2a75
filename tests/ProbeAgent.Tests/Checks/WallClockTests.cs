using System.Net;
using ProbeAgent.Checks;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Checks;

/// <summary>A jump of the wall clock is no time that passes.</summary>
public sealed class WallClockTests
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);
    private static readonly AttemptResult Success = new() { Outcome = Outcome.Success, Message = "ok" };

    private readonly JumpingClock time = new();

    [Theory]
    [MemberData(nameof(JumpingClock.Jumps), MemberType = typeof(JumpingClock))]
    public async Task Ask_AfterAJump_SharesASuccessForItsAgeAndNoLonger(int days)
    {
        time.Jump(days);
        var question = new SharedQuestion(MaxAge, (_, _) => Task.FromResult(Success), time);
        await question.Ask(IPAddress.Loopback, "").Answer;

        time.Jump(days);
        time.Advance(MaxAge - TimeSpan.FromMilliseconds(1));
        Assert.True(question.Ask(IPAddress.Loopback, "").IsShared);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(question.Ask(IPAddress.Loopback, "").IsShared);
    }

    [Theory]
    [MemberData(nameof(JumpingClock.Jumps), MemberType = typeof(JumpingClock))]
    public void Deadline_AfterAJump_IsDueWithItsBudgetAndNotLate(int days)
    {
        time.Jump(days);
        using var deadline = new Deadline(MaxAge, time, CancellationToken.None);
        deadline.Turns.AwaitData(null);

        time.Jump(days);
        time.Advance(MaxAge - TimeSpan.FromMilliseconds(1));
        Assert.False(deadline.Token.IsCancellationRequested);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(deadline.IsOver);
        Assert.False(deadline.WasLate);
        Assert.Equal(MaxAge, deadline.Elapsed);
    }

    [Theory]
    [MemberData(nameof(JumpingClock.Jumps), MemberType = typeof(JumpingClock))]
    public void State_AfterAJump_IsAsOldAsTheTimeThatPassed(int days)
    {
        time.Jump(days);
        var state = CheckState.Unknown.After(Success, time);

        time.Jump(days);
        time.Advance(MaxAge);
        var later = state.After(Success, time);

        Assert.Equal(MaxAge, time.GetElapsedTime(later.SinceTimestamp));
        Assert.Equal(state.Since, later.Since);
    }
}
