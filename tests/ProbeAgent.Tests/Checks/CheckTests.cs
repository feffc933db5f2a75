using Microsoft.Extensions.Logging.Abstractions;
using ProbeAgent.Checks;
using ProbeAgent.Configuration;
using ProbeAgent.Probing;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Tests.Checks;

public sealed class CheckTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(900);
    private static readonly AttemptResult Success = new() { Outcome = Outcome.Success, Message = "ok" };

    private static readonly AttemptResult Refused =
        AttemptResult.Failed(Reason.ConnectionRefused, "refused") with { MayAskAgain = true };

    private readonly AgentMetrics metrics = new(AgentVersion.Current);

    [Fact]
    public async Task Answer_WhereTheDeadlinePasses_IsTheProbersTimeout()
    {
        var time = new SteadyClock();
        var prober = new ScriptedProber(TimesOutAsync);
        var check = Create(prober, time);

        var answer = check.AnswerAsync(null, null);
        await prober.ArrivedAsync();
        time.Advance(Budget);

        Assert.Equal((504, "response_timeout"), Shape(await answer));
    }

    [Fact]
    public async Task Answer_WhereTheAgentWasStarvedAndNothingCame_IsAgentLateAndNoTransition()
    {
        var time = new LateClock(TimeSpan.FromMilliseconds(500));
        var prober = new ScriptedProber(TimesOutAsync);
        var check = Create(prober, time);

        var answer = check.AnswerAsync(null, null);
        await prober.ArrivedAsync();
        time.Advance(Budget);
        time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal((503, "agent_late"), Shape(await answer));
        Assert.Null(check.Snapshot().IsUp);
        Assert.Equal(1, metrics.Late.Value);
    }

    [Fact]
    public async Task Answer_WhereTheAgentWasStarvedButTheAnswerIsThere_IsTheAppsAnswer()
    {
        var time = new LateClock(TimeSpan.FromMilliseconds(500));
        var arrived = new TaskCompletionSource();
        var prober = new ScriptedProber(async _ =>
        {
            await arrived.Task;
            return Success;
        });
        var check = Create(prober, time);

        var answer = check.AnswerAsync(null, null);
        await prober.ArrivedAsync();
        time.Advance(Budget);
        arrived.SetResult();

        Assert.Equal((200, null), Shape(await answer));
    }

    [Fact]
    public async Task Answer_WhereTheAgentWasLateWithItsQuestion_IsAgentLate()
    {
        var time = new SteadyClock();
        var prober = new ScriptedProber(TimesOutAsync) { Begins = () => time.Advance(TimeSpan.FromMilliseconds(60)) };
        var check = Create(prober, time);

        var answer = check.AnswerAsync(null, null);
        await prober.ArrivedAsync();
        time.Advance(Budget);
        time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal((503, "agent_late"), Shape(await answer));
    }

    [Fact]
    public async Task Answer_WhereTheTimeWasUpBeforeAnythingWasAsked_IsAgentLate()
    {
        var prober = new ScriptedProber(_ => Task.FromResult(Success));
        var check = Create(prober, new HastyClock());

        Assert.Equal((503, "agent_late"), Shape(await check.AnswerAsync(null, null)));
        Assert.Equal(0, prober.Attempts);
    }

    [Fact]
    public async Task Answer_WhereTheAppRefuses_IsAskedTwiceMoreWithinATenthOfASecond()
    {
        var time = new SignallingClock();
        var prober = new ScriptedProber(_ => Task.FromResult(Refused));
        var check = Create(prober, time);

        var answer = check.AnswerAsync(null, null);
        await time.PassPauseAsync(TimeSpan.FromMilliseconds(30));
        await time.PassPauseAsync(TimeSpan.FromMilliseconds(60));

        Assert.Equal((502, "connection_refused"), Shape(await answer));
        Assert.Equal(3, prober.Attempts);
    }

    [Fact]
    public async Task Answer_WhereTheAppComesBack_IsASuccess()
    {
        var time = new SignallingClock();
        var prober = new ScriptedProber(_ => Task.FromResult(Refused), _ => Task.FromResult(Success));
        var check = Create(prober, time);

        var answer = check.AnswerAsync(null, null);
        await time.PassPauseAsync(TimeSpan.FromMilliseconds(30));

        Assert.Equal((200, null), Shape(await answer));
    }

    [Fact]
    public async Task Answer_AfterAnyAnswerOfTheApp_IsNotAskedAgain()
    {
        var prober = new ScriptedProber(_ => Task.FromResult(AttemptResult.Failed(Reason.BadStatus, "500") with { StatusCode = 500 }));
        var check = Create(prober, new SteadyClock());

        Assert.Equal((500, "bad_status"), Shape(await check.AnswerAsync(null, null)));
        Assert.Equal(1, prober.Attempts);
    }

    [Fact]
    public async Task Answer_WhereTheAppHangsUpLater_IsNotAskedAgain()
    {
        var time = new SteadyClock();
        var prober = new ScriptedProber(_ =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return Task.FromResult(AttemptResult.Failed(Reason.ConnectionReset, "hung up") with { MayAskAgain = true });
        });
        var check = Create(prober, time);

        Assert.Equal((502, "connection_reset"), Shape(await check.AnswerAsync(null, null)));
        Assert.Equal(1, prober.Attempts);
    }

    [Fact]
    public async Task Answer_WhereTheProberHasABug_IsInternalErrorAndTheNextIsAskedAfresh()
    {
        var prober = new ScriptedProber(_ => throw new InvalidOperationException("boom"), _ => Task.FromResult(Success));
        var check = Create(prober, new SteadyClock());

        Assert.Equal((503, "internal_error"), Shape(await check.AnswerAsync(null, null)));
        Assert.Equal((200, null), Shape(await check.AnswerAsync(null, null)));
    }

    [Fact]
    public async Task Transitions_AreCountedBetweenKnownStatesOnly()
    {
        var failure = AttemptResult.Failed(Reason.BadStatus, "500") with { StatusCode = 500 };
        var prober = new ScriptedProber(
            _ => Task.FromResult(Success), _ => Task.FromResult(failure), _ => Task.FromResult(failure), _ => Task.FromResult(Success));
        var check = Create(prober, new SteadyClock());

        for (var probe = 0; probe < 4; probe++)
        {
            await check.AnswerAsync(null, null);
        }

        var page = await PageAsync();
        Assert.Contains("probe_agent_check_transitions_total{check=\"app\",to=\"down\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("probe_agent_check_transitions_total{check=\"app\",to=\"up\"} 1\n", page, StringComparison.Ordinal);
    }

    private static (int Code, string? Reason) Shape(CheckAnswer answer) => (answer.Code, answer.Reason);

    private static async Task<AttemptResult> TimesOutAsync(Question question)
    {
        await Task.Delay(Timeout.Infinite, question.Deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return AttemptResult.Failed(Reason.ResponseTimeout, "nothing came");
    }

    private async Task<string> PageAsync() =>
        System.Text.Encoding.UTF8.GetString((await metrics.Page.TakeAsync(null)).Page);

    private Check Create(IProber prober, TimeProvider time)
    {
        var configuration = new CheckConfiguration
        {
            Name = "app",
            Container = "app",
            Action = new TcpSocketAction(PodHost.Auto, 80),
            MaxAge = TimeSpan.Zero,
        };
        var record = new CheckRecord(
            "app", metrics.ForCheck("app", configuration.Timeout, ["bad_status"]), time, NullLogger<CheckRecord>.Instance);
        return new Check(configuration, prober, new PodAddress(), record, time, CancellationToken.None);
    }
}
