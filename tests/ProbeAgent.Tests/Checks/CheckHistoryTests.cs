using ProbeAgent.Checks;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Checks;

public sealed class CheckHistoryTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly AttemptResult Success =
        new() { Outcome = Outcome.Success, Message = "ok", Phases = new Phases { Total = TimeSpan.FromMilliseconds(12) } };

    private static readonly AttemptResult Warning = new() { Outcome = Outcome.Warning, Message = "redirected" };
    private static readonly AttemptResult Refused = AttemptResult.Failed(Reason.ConnectionRefused, "refused");

    private readonly JumpingClock time = new();
    private readonly CheckHistory history = new();
    private CheckState state = CheckState.Unknown;

    [Fact]
    public void Transitions_OfTheFirstAnswer_AreOneFromNothing()
    {
        Happens(Success);

        Assert.Equal(new Transition(time.GetUtcNow(), null, true, null, "ok", null), Assert.Single(history.Transitions));
    }

    [Fact]
    public void Transitions_OfAChange_SayWhatWasAndForHowLong()
    {
        Happens(Success);
        time.Advance(5 * Second);
        Happens(Success);
        time.Advance(2 * Second);
        Happens(Refused);

        Assert.Equal(
            new Transition(time.GetUtcNow(), true, false, "connection_refused", "refused", 7 * Second), history.Transitions[0]);
    }

    [Theory]
    [MemberData(nameof(JumpingClock.Jumps), MemberType = typeof(JumpingClock))]
    public void Transitions_AfterAJumpOfTheWallClock_LastedAsLongAsTheTimeThatPassed(int days)
    {
        Happens(Refused);
        time.Jump(days);
        time.Advance(3 * Second);
        Happens(Success);

        Assert.Equal((3 * Second, time.GetUtcNow()), (history.Transitions[0].Lasted, history.Transitions[0].Time));
    }

    [Fact]
    public void Transitions_OfMoreOfTheSame_AreNone()
    {
        Happens(Success);
        Happens(Warning);
        Happens(Success);

        Assert.Single(history.Transitions);
        Assert.Equal([Outcome.Success, Outcome.Warning, Outcome.Success], history.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public void History_OfTheAgentsOwnLateness_IsAsBefore()
    {
        Happens(AttemptResult.Failed(Reason.AgentLate, "late"));
        Happens(Success);
        Happens(AttemptResult.Failed(Reason.AgentLate, "late"));

        Assert.Single(history.Transitions);
        Assert.Single(history.Attempts);
    }

    [Fact]
    public void History_OfAnAppThatFlapsForLong_KeepsTheNewestAndNoMore()
    {
        for (var i = 0; i < 500; i++)
        {
            Happens(Success);
            time.Advance(Second);
            Happens(Refused);
            time.Advance(Second);
        }

        Assert.Equal((20, 120), (history.Transitions.Count, history.Attempts.Count));
        Assert.Equal("refused", history.Transitions[0].Sentence);
        Assert.Equal(history.Transitions.OrderByDescending(transition => transition.Time), history.Transitions);
        Assert.Equal(history.Attempts.OrderBy(attempt => attempt.Timestamp), history.Attempts);
        Assert.Equal(time.GetUtcNow() - Second, history.Transitions[0].Time);
    }

    [Fact]
    public void Transitions_WithALongSentence_KeepItsBeginning()
    {
        Happens(AttemptResult.Failed(Reason.BadStatus, new string('x', 10_000)));

        Assert.Equal(new string('x', 500) + "…", history.Transitions[0].Sentence);
    }

    private void Happens(AttemptResult result)
    {
        var before = state;
        state = before.After(result, time);
        history.Add(before, state, time);
    }
}
