using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using ProbeAgent.Checks;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Checks;

public sealed class SharedQuestionTests
{
    private static readonly IPAddress Pod = IPAddress.Parse("10.0.0.5");
    private static readonly AttemptResult Success = new() { Outcome = Outcome.Success, Message = "ok" };
    private static readonly AttemptResult Failure = AttemptResult.Failed(Reason.ConnectionRefused, "refused");

    private readonly FakeTimeProvider time = new();
    private readonly Channel<TaskCompletionSource<AttemptResult>> asked = Channel.CreateUnbounded<TaskCompletionSource<AttemptResult>>();

    [Fact]
    public async Task Ask_WhileOneIsOnItsWay_SharesItEvenWithoutAnyAge()
    {
        var question = Create(maxAge: TimeSpan.Zero);

        var first = question.Ask(Pod, "a");
        var second = question.Ask(Pod, "b");
        await AnswerNextAsync(Success);

        Assert.Same(await first.Answer, await second.Answer);
        Assert.True(second.IsShared);
        Assert.False(asked.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Ask_AfterAnEnd_AsksAgainWithoutAnyAge()
    {
        var question = Create(maxAge: TimeSpan.Zero);
        await FinishAsync(question, Success);

        Assert.False(question.Ask(Pod, "a").IsShared);
    }

    [Fact]
    public async Task Ask_ForAnotherPodAddress_IsAnotherQuestion()
    {
        var question = Create(maxAge: TimeSpan.FromSeconds(300));
        await FinishAsync(question, Success);

        Assert.False(question.Ask(IPAddress.Parse("fd00::5"), "a").IsShared);
    }

    [Theory]
    [InlineData(true, 299, true)]
    [InlineData(true, 300, false)]
    [InlineData(false, 0.099, true)]
    [InlineData(false, 0.1, false)]
    public async Task Ask_AfterAnEnd_SharesASuccessForItsAgeAndAFailureForATenthOfASecond(bool isSuccess, double seconds, bool isShared)
    {
        var question = Create(maxAge: TimeSpan.FromSeconds(300));
        await FinishAsync(question, isSuccess ? Success : Failure);

        time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isShared, question.Ask(Pod, "a").IsShared);
    }

    [Fact]
    public async Task Ask_AfterAFailure_IsNeverSharedLongerThanTheAge()
    {
        var question = Create(maxAge: TimeSpan.FromSeconds(0.05));
        await FinishAsync(question, Failure);

        time.Advance(TimeSpan.FromSeconds(0.05));

        Assert.False(question.Ask(Pod, "a").IsShared);
    }

    [Fact]
    public async Task Ask_AfterTheAgentWasLate_AsksAgain()
    {
        var question = Create(maxAge: TimeSpan.FromSeconds(300));
        await FinishAsync(question, AttemptResult.Failed(Reason.AgentLate, "late"));

        Assert.False(question.Ask(Pod, "a").IsShared);
    }

    [Fact]
    public async Task Ask_AfterAnException_AsksAgain()
    {
        var question = Create(maxAge: TimeSpan.FromSeconds(300));
        var first = question.Ask(Pod, "a");
        (await asked.Reader.ReadAsync(TestContext.Current.CancellationToken)).SetException(new InvalidOperationException("boom"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => first.Answer);

        var second = question.Ask(Pod, "a");
        await AnswerNextAsync(Success);

        Assert.False(second.IsShared);
        Assert.Same(Success, await second.Answer);
    }

    [Fact]
    public async Task Age_CountsFromTheCompletion()
    {
        var question = Create(maxAge: TimeSpan.FromSeconds(1));
        var first = question.Ask(Pod, "a");
        time.Advance(TimeSpan.FromSeconds(10));
        await AnswerNextAsync(Success);
        await first.Answer;

        time.Advance(TimeSpan.FromSeconds(0.9));

        Assert.True(question.Ask(Pod, "a").IsShared);
    }

    private SharedQuestion Create(TimeSpan maxAge) => new(maxAge, AskAppAsync, time);

    private async Task<AttemptResult> AskAppAsync(IPAddress podAddress, string userAgent)
    {
        var answer = new TaskCompletionSource<AttemptResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        asked.Writer.TryWrite(answer);
        return await answer.Task;
    }

    private async Task FinishAsync(SharedQuestion question, AttemptResult result)
    {
        var first = question.Ask(Pod, "a");
        await AnswerNextAsync(result);
        await first.Answer;
    }

    private async Task AnswerNextAsync(AttemptResult result) =>
        (await asked.Reader.ReadAsync(TestContext.Current.CancellationToken)).SetResult(result);
}
