using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ProbeAgent.Configuration;
using ProbeAgent.Mesh;
using ProbeAgent.Probing;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Tests.Mesh;

/// <summary>What follows from a sidecar's answers over time: log, metrics, and for how long readiness waits.</summary>
public sealed class MeshRecordTests
{
    private static readonly Page Ready = new(200, "GET … answered 200");
    private static readonly Page NotReady = new(503, "GET … answered 503");
    private static readonly Page Gone = new(null, "GET …: connection refused");

    private readonly FakeTimeProvider time = new();
    private readonly LogLines<MeshRecord> log = new();
    private readonly AgentMetrics metrics = new(AgentVersion.Current);

    [Fact]
    public void Gate_UntilTheSidecarIsReady_HoldsAndThenDoesNot()
    {
        var record = Create(MeshKind.Istio);

        Assert.NotNull(record.WhatHoldsReadiness());
        record.Answered(NotReady);
        Assert.Contains("the sidecar (istio) is not ready: GET … answered 503; expected 200–299", record.WhatHoldsReadiness(), StringComparison.Ordinal);
        record.Answered(Ready);

        Assert.Null(record.WhatHoldsReadiness());
        Assert.Empty(record.Snapshot().Warnings);
    }

    [Fact]
    public void Gate_OfASidecarThatIsNeverReady_EndsAtItsDeadlineCountedFromTheStart()
    {
        var record = Create(MeshKind.Linkerd);
        record.Answered(NotReady);

        time.Advance(TimeSpan.FromSeconds(59.9));
        Assert.NotNull(record.WhatHoldsReadiness());
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Null(record.WhatHoldsReadiness());
        Assert.Null(record.WhatHoldsReadiness());
        var line = Assert.Single(log.All, line => line.Level == LogLevel.Warning).Text;
        Assert.Contains("Readiness goes on without the sidecar", line, StringComparison.Ordinal);
        Assert.Contains("readiness goes on without the sidecar: the sidecar (linkerd) is not ready", Assert.Single(record.Snapshot().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Gate_OfASidecarThatDies_HoldsAgainAndItsDeadlineCountsFromWhenItWasLastReady()
    {
        var record = Create(MeshKind.Kuma);
        time.Advance(TimeSpan.FromSeconds(50));
        record.Answered(Ready);
        time.Advance(TimeSpan.FromSeconds(50));
        record.Answered(Ready);

        time.Advance(TimeSpan.FromSeconds(59));
        record.Answered(Gone);

        Assert.NotNull(record.WhatHoldsReadiness());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(record.WhatHoldsReadiness());
        record.Answered(Ready);
        record.Answered(Gone);
        Assert.NotNull(record.WhatHoldsReadiness());
    }

    [Fact]
    public void Gate_WithoutAnyTime_NeverHolds()
    {
        var record = Create(MeshKind.Kuma, deadlineSeconds: 0);
        record.Answered(Gone);

        Assert.Null(record.WhatHoldsReadiness());
    }

    [Fact]
    public void Gate_WhileNoSidecarIsFound_HoldsUntilNobodyLooksAnyMore()
    {
        var record = Create(MeshKind.Auto, deadlineSeconds: 3600);

        Assert.Contains("no sidecar has been found yet", record.WhatHoldsReadiness(), StringComparison.Ordinal);
        record.NotFound();

        Assert.Null(record.WhatHoldsReadiness());
        Assert.Contains("Name the mesh", Assert.Single(record.Snapshot().Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("None", true)]
    [InlineData("Istio", false)]
    public void Gate_WhereNoneIsConfiguredOrThereIsNoMesh_NeverHolds(string kind, bool isGated)
    {
        var record = Create(Enum.Parse<MeshKind>(kind), isGated: isGated);

        Assert.Null(record.WhatHoldsReadiness());
        time.Advance(TimeSpan.FromHours(1));
        Assert.Null(record.WhatHoldsReadiness());
        Assert.Empty(record.Snapshot().Warnings);
        Assert.Empty(log.All);
    }

    [Fact]
    public void Answered_EachChange_IsOneLineAndNothingElseIs()
    {
        var record = Create(MeshKind.Istio, isGated: false);
        foreach (var page in new[] { Gone, NotReady, Ready, Ready, Gone, Gone, Ready })
        {
            time.Advance(TimeSpan.FromSeconds(10));
            record.Answered(page);
        }

        Assert.Equal(
            [
                (LogLevel.Information, "The sidecar (istio) is not ready yet: GET …: connection refused"),
                (LogLevel.Information, "The sidecar (istio) is ready, after 20 s in which it was not: GET … answered 200"),
                (LogLevel.Warning, "The sidecar (istio) is no longer ready: GET …: connection refused"),
                (LogLevel.Information, "The sidecar (istio) is ready, after 20 s in which it was not: GET … answered 200"),
            ],
            log.All);
        Assert.Equal((true, time.Start.AddSeconds(70)), (record.Snapshot().IsReady, record.Snapshot().Since));
    }

    [Theory]
    [InlineData(199, false)]
    [InlineData(200, true)]
    [InlineData(204, true)]
    [InlineData(299, true)]
    [InlineData(301, false)]
    public void Answered_ByAnyOf2xxAndNothingElse_IsReady(int status, bool isReady)
    {
        var record = Create(MeshKind.Istio);

        record.Answered(new Page(status, ""));

        Assert.Equal(isReady, record.Snapshot().IsReady);
    }

    [Fact]
    public async Task Metrics_AreThereFromTheStartAndNameOneMeshAtATime()
    {
        var record = Create(MeshKind.Auto);

        Assert.Equal(["probe_agent_mesh_info{mesh=\"unknown\"} 1", "probe_agent_mesh_ready 0"], await SeriesAsync());
        record.Found(new FoundMesh(MeshMark.All[0], "GET … answered 400"));
        record.Answered(Ready);
        Assert.Equal(["probe_agent_mesh_info{mesh=\"istio\"} 1", "probe_agent_mesh_ready 1"], await SeriesAsync());
        record.Answered(Gone);

        Assert.Equal(["probe_agent_mesh_info{mesh=\"istio\"} 1", "probe_agent_mesh_ready 0"], await SeriesAsync());
    }

    private MeshRecord Create(MeshKind kind, bool isGated = true, int deadlineSeconds = 60) => new(
        new MeshConfiguration { Kind = kind, Gate = isGated ? [ProbeKind.Readiness] : [], GateDeadline = TimeSpan.FromSeconds(deadlineSeconds) },
        metrics.Mesh, time, log);

    private async Task<IEnumerable<string>> SeriesAsync() =>
        System.Text.Encoding.UTF8.GetString((await metrics.Page.TakeAsync(null)).Page).Split('\n')
            .Where(line => line.StartsWith("probe_agent_mesh_", StringComparison.Ordinal));
}
