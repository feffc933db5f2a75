using Microsoft.Extensions.Time.Testing;
using ProbeAgent.Checks;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Checks;

public sealed class CheckStateTests
{
    private static readonly AttemptResult Success = new() { Outcome = Outcome.Success, Message = "ok" };
    private static readonly AttemptResult Failure = AttemptResult.Failed(Reason.ConnectionRefused, "refused");

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void After_TheFirstAnswer_IsKnown() => Assert.True(CheckState.Unknown.After(Success, time).IsUp);

    [Fact]
    public void After_FailuresInARow_CountsThemAndKeepsTheBeginning()
    {
        var first = CheckState.Unknown.After(Failure, time);
        time.Advance(TimeSpan.FromSeconds(5));

        var second = first.After(Failure, time);

        Assert.Equal(2, second.FailuresInARow);
        Assert.Equal(first.Since, second.Since);
        Assert.Equal(time.GetUtcNow(), second.LastAt);
    }

    [Fact]
    public void After_AChange_BeginsAnew()
    {
        var down = CheckState.Unknown.After(Failure, time);
        time.Advance(TimeSpan.FromSeconds(5));

        var up = down.After(Success, time);

        Assert.True(up.IsUp);
        Assert.Equal(0, up.FailuresInARow);
        Assert.Equal(time.GetUtcNow(), up.Since);
        Assert.Equal(time.GetUtcNow(), up.LastSuccessAt);
    }

    [Fact]
    public void After_TheAgentsOwnLateness_IsUnchanged()
    {
        var up = CheckState.Unknown.After(Success, time);

        Assert.Same(up, up.After(AttemptResult.Failed(Reason.AgentLate, "late"), time));
    }
}
