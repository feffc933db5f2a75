using Microsoft.Extensions.Logging;
using ProbeAgent.Configuration;
using ProbeAgent.Mesh;
using ProbeAgent.Probing;
using ProbeAgent.Telemetry;
using ProbeAgent.Tests.Probing.Wire;

namespace ProbeAgent.Tests.Mesh;

/// <summary>When the sidecar is looked for and asked.</summary>
public sealed class MeshWatchTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly SignallingClock time = new();
    private readonly LogLines<MeshRecord> log = new();
    private readonly MeshMetrics metrics = new AgentMetrics(AgentVersion.Current).Mesh;
    private readonly List<double> looks = [];

    [Fact]
    public async Task Search_WhereNothingIsFound_GoesOnForTenMinutesWithPausesThatDoubleUpToAMinute()
    {
        var (watch, _) = Create(new MeshConfiguration(), () => Task.FromResult<FoundMesh?>(null));

        var run = watch.RunAsync(CancellationToken.None);
        foreach (var pause in new[] { 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60, 60, 60, 57 })
        {
            await time.PassPauseAsync(TimeSpan.FromSeconds(pause));
        }

        await run.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal([1, 3, 7, 15, 31, 63, 123, 183, 243, 303, 363, 423, 483, 543, 600], looks);
        Assert.Equal("none", watch.Snapshot().Mesh);
        var line = Assert.Single(log.All);
        Assert.Equal(LogLevel.Information, line.Level);
        Assert.Contains("in ten minutes", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_ThatThrows_IsToldOnceAndGoesOn()
    {
        var (watch, _) = Create(new MeshConfiguration(), () => throw new InvalidOperationException("bug"));

        var run = watch.RunAsync(CancellationToken.None);
        for (var pause = 1; pause <= 8; pause *= 2)
        {
            await time.PassPauseAsync(TimeSpan.FromSeconds(pause));
        }

        await UntilAsync(() => looks.Count == 4);
        Assert.False(run.IsCompleted);
        Assert.Single(log.All, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task ASidecarThatIsFound_IsAskedAtOnceAndEveryTenSeconds()
    {
        await using var app = new FakeApp(SidecarPlay.By(("/ready", SidecarPlay.Answer(200, "ready\n"))));
        var mark = MeshMark.All[1] with { ReadyPort = app.Port };
        var (watch, sidecar) = Create(new MeshConfiguration(), () => Task.FromResult<FoundMesh?>(new(mark, "GET … answered 200")));

        _ = watch.RunAsync(CancellationToken.None);
        await time.PassPauseAsync(Second);
        await UntilAsync(() => watch.Snapshot().IsReady == true);
        Assert.Equal(1, app.Connections);
        for (var asked = 2; asked <= 4; asked++)
        {
            await sidecar.AskAsync();
            time.Advance(Period);
            await UntilAsync(() => app.Connections == asked);
        }

        Assert.Equal([1], looks);
        Assert.Equal("linkerd", watch.Snapshot().Mesh);
        Assert.Equal(2, log.All.Count);
    }

    [Fact]
    public async Task AConfiguredSidecar_IsAskedFromTheStartAndNeverLookedFor()
    {
        await using var app = new FakeApp(SidecarPlay.By(("/ready", SidecarPlay.Answer(503, "not ready\n"))));
        var (watch, sidecar) = Create(new MeshConfiguration { Kind = MeshKind.Linkerd }, () => Task.FromResult<FoundMesh?>(null));
        sidecar.IsAt(At(app.Port));

        _ = watch.RunAsync(CancellationToken.None);

        await UntilAsync(() => watch.Snapshot().IsReady == false);
        Assert.Empty(looks);
        Assert.Equal("linkerd", watch.Snapshot().Mesh);
    }

    [Fact]
    public async Task WithKindNone_NobodyIsAsked()
    {
        var (watch, _) = Create(new MeshConfiguration { Kind = MeshKind.None, Gate = [ProbeKind.Readiness] }, () => Task.FromResult<FoundMesh?>(null));

        await watch.RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Empty(looks);
        Assert.Null(await watch.WhatHoldsReadinessAsync());
    }

    [Fact]
    public async Task Run_WhenTheAgentEnds_Ends()
    {
        using var stopping = new CancellationTokenSource();
        var (watch, _) = Create(new MeshConfiguration(), () => Task.FromResult<FoundMesh?>(null));
        var run = watch.RunAsync(stopping.Token);

        await stopping.CancelAsync();

        await run.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Gate_ProbesThatComeTogetherOrShortlyAfter_ShareOneQuestion()
    {
        await using var app = new FakeApp(SidecarPlay.By(("/ready", SidecarPlay.Answer(503, "not ready\n"))));
        var (watch, sidecar) = Create(new MeshConfiguration { Kind = MeshKind.Linkerd, Gate = [ProbeKind.Readiness] }, () => Task.FromResult<FoundMesh?>(null));
        sidecar.IsAt(At(app.Port));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => watch.WhatHoldsReadinessAsync()));
        Assert.All(answers, answer => Assert.Contains("answered 503", answer, StringComparison.Ordinal));
        Assert.Equal(1, app.Connections);

        time.Advance(TimeSpan.FromSeconds(0.1));
        await watch.WhatHoldsReadinessAsync();
        Assert.Equal(2, app.Connections);
    }

    [Fact]
    public async Task Gate_OfASidecarThatHangs_TakesAFifthOfASecond()
    {
        await using var app = new FakeApp(Play.Answer(""));
        var (watch, sidecar) = Create(
            new MeshConfiguration { Kind = MeshKind.Linkerd, Gate = [ProbeKind.Readiness] }, () => Task.FromResult<FoundMesh?>(null), TimeProvider.System);
        sidecar.IsAt(At(app.Port));

        // An agent that got no CPU meanwhile does not say it, and asks again.
        await UntilAsync(async () =>
            (await watch.WhatHoldsReadinessAsync())?.Contains("within 200 ms", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task WithAutoAndAReadyUrl_ThatIsAskedFromTheStartAsACustomMesh()
    {
        await using var app = new FakeApp(SidecarPlay.Always(SidecarPlay.Ok));
        var watch = MeshWatch.Create(
            new AgentConfiguration { Checks = [], Mesh = new MeshConfiguration { ReadyUrl = new HttpGetAction(PodHost.Auto, app.Port, "/up", "") } },
            At(app.Port), new PodAddress(), metrics, time, log, CancellationToken.None);

        _ = watch.RunAsync(CancellationToken.None);

        await UntilAsync(() => watch.Snapshot().IsReady == true);
        Assert.Equal("custom", watch.Snapshot().Mesh);
    }

    private static HttpTarget At(int port) => new(TargetHost.Auto, port, "/ready", "", []);

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var glances = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!await holds())
        {
            await glances.WaitForNextTickAsync(deadline.Token);
        }
    }

    private (MeshWatch Watch, Sidecar Sidecar) Create(MeshConfiguration configuration, Func<Task<FoundMesh?>> find, TimeProvider? clock = null)
    {
        clock ??= time;
        var started = time.GetTimestamp();
        var record = new MeshRecord(configuration, metrics, clock, log);
        var sidecar = new Sidecar(record, new ShortQuestion(new PodAddress(), clock, CancellationToken.None), clock);
        return (new MeshWatch(Look, sidecar, record, clock), sidecar);

        Task<FoundMesh?> Look()
        {
            looks.Add(time.GetElapsedTime(started).TotalSeconds);
            return find();
        }
    }
}
