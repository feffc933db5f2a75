using System.Collections.Concurrent;
using ProbeAgent.Checks;
using ProbeAgent.Configuration;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Checks;

/// <summary>What is told of a check that is down: in which order, how often, and never too late.</summary>
public sealed class DiagnosisTests : IDisposable
{
    private static readonly Phases Connected = new(TimeSpan.FromMilliseconds(1), null, null, null, TimeSpan.FromSeconds(1));
    private static readonly AttemptResult Hung = AttemptResult.Failed(Reason.ResponseTimeout, "no answer", Connected);
    private static readonly AttemptResult Broken = AttemptResult.Failed(Reason.BadStatus, "answered 500") with { StatusCode = 500 };
    private static readonly AttemptResult Answers = new() { Outcome = Outcome.Success, StatusCode = 200, Message = "ok" };

    private readonly SteadyClock time = new();
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentQueue<string> lines = [];
    private readonly ConcurrentQueue<Exception> bugs = [];
    private readonly SemaphoreSlim told = new(0);
    private readonly TaskCompletionSource<AttemptResult> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ScriptedProber prober;
    private readonly Diagnosis diagnosis;

    public DiagnosisTests()
    {
        prober = new ScriptedProber(question => answer.Task.WaitAsync(question.Deadline.Token));
        var look = new SecondLook(
            new HttpGetAction(PodHost.Auto, 80, "/status", ""), TimeSpan.FromSeconds(0.9), [], _ => prober, new PodAddress(), time);
        diagnosis = new Diagnosis(look, bugs.Enqueue, time, ending.Token);
    }

    [Fact]
    public async Task Down_WaitsForTheLookAndTellsOnce()
    {
        diagnosis.Down(Hung, Tell);
        await prober.ArrivedAsync();

        Assert.Empty(lines);
        Assert.Equal("no answer; looking once more", diagnosis.Sentence(Hung));

        answer.SetResult(Answers);
        await ToldAsync();

        var line = Assert.Single(lines);
        Assert.StartsWith("no answer; asked once more, it answered 200 after ", line, StringComparison.Ordinal);
        Assert.Equal(line, diagnosis.Sentence(Hung));
    }

    [Fact]
    public async Task Up_BeforeTheLookIsOver_ComesAfterTheLineOfTheChange()
    {
        diagnosis.Down(Hung, Tell);
        await prober.ArrivedAsync();

        diagnosis.Up();
        Tell("up");
        answer.SetResult(Answers);

        // A second look would be due only in a minute, so that nothing but the first one could still say something.
        diagnosis.Down(Broken, Tell);
        Assert.Equal(["no answer", "up", "answered 500"], lines);
        Assert.Equal("no answer", diagnosis.Sentence(Hung));
    }

    [Fact]
    public async Task Looks_AreOneAMinute()
    {
        answer.SetResult(Answers);
        diagnosis.Down(Hung, Tell);
        await ToldAsync();
        diagnosis.Up();

        // Where none is due the line does not wait.
        diagnosis.Down(Hung, Tell);
        Assert.Equal((2, "no answer"), (lines.Count, lines.Last()));
        diagnosis.Up();
        time.Advance(TimeSpan.FromSeconds(59));
        diagnosis.Down(Hung, Tell);
        Assert.Equal((3, "no answer"), (lines.Count, lines.Last()));
        diagnosis.Up();
        Assert.Equal(1, prober.Attempts);

        time.Advance(TimeSpan.FromSeconds(1));
        diagnosis.Down(Hung, Tell);
        await prober.ArrivedAsync();
        await prober.ArrivedAsync();
        Assert.Equal(2, prober.Attempts);
    }

    [Fact]
    public async Task StillDown_ForAnotherReason_IsLookedAtAfterAMinuteAndToldOnce()
    {
        answer.SetResult(Answers);
        diagnosis.Down(Broken, Tell);
        await ToldAsync();

        diagnosis.StillDown(Broken, Tell);
        diagnosis.StillDown(Hung, Tell);
        time.Advance(TimeSpan.FromMinutes(1));
        diagnosis.StillDown(Broken, Tell);
        Assert.Equal(["answered 500"], lines);

        diagnosis.StillDown(Hung, Tell);
        await ToldAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        diagnosis.StillDown(Hung, Tell);

        Assert.Equal(2, lines.Count);
        Assert.StartsWith("no answer; asked once more", lines.Last(), StringComparison.Ordinal);
        Assert.Equal(1, prober.Attempts);
    }

    [Fact]
    public async Task StillDown_WhereNoLookWasDueAtFirst_IsLookedAtLater()
    {
        answer.SetResult(Answers);
        diagnosis.Down(Broken, Tell);
        await ToldAsync();
        diagnosis.Up();
        diagnosis.Down(Hung, Tell);
        await ToldAsync();
        Assert.Equal(["answered 500", "no answer"], lines);

        time.Advance(TimeSpan.FromMinutes(1));
        diagnosis.StillDown(Hung, Tell);
        await ToldAsync();

        Assert.StartsWith("no answer; asked once more", lines.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheEnd_WritesWhatWaits_AndNothingIsLookedAtAfterIt()
    {
        diagnosis.Down(Hung, Tell);
        await prober.ArrivedAsync();

        await ending.CancelAsync();

        Assert.Equal(["no answer"], lines);
        diagnosis.Up();
        time.Advance(TimeSpan.FromMinutes(1));
        diagnosis.Down(Hung, Tell);
        Assert.Equal(["no answer", "no answer"], lines);
        Assert.Equal(1, prober.Attempts);
    }

    [Fact]
    public async Task WhatIsThrownInALook_IsABugAndTheLineComesWithoutIt()
    {
        answer.SetException(new InvalidOperationException("boom"));

        diagnosis.Down(Hung, Tell);
        await ToldAsync();

        Assert.Equal(["no answer"], lines);
        Assert.Equal("boom", Assert.Single(bugs).Message);
        time.Advance(TimeSpan.FromMinutes(1));
        diagnosis.Up();
        diagnosis.Down(Hung, Tell);
        await ToldAsync();
        Assert.Equal(2, prober.Attempts);
    }

    public void Dispose()
    {
        ending.Dispose();
        told.Dispose();
    }

    private void Tell(string line)
    {
        lines.Enqueue(line);
        told.Release();
    }

    private async Task ToldAsync() =>
        Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken), "nothing was told");
}
