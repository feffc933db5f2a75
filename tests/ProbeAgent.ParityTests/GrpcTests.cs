using ProbeAgent.Lab;
using ProbeAgent.ParityTests.Cases;

namespace ProbeAgent.ParityTests;

/// <summary>A gRPC check is the kubelet's <c>grpc</c>, whatever the server makes of it.</summary>
public sealed class GrpcTests(ParityLab lab)
{
    // Most of it is waiting for time limits to pass.
    private const int LaneCount = 10;

    internal static IEnumerable<string> Ids => GrpcCases.All.Select(one => one.Id).Append("wire/grpc/service-word");

    [Fact]
    public async Task TheAgentSaysWhatTheKubeletSays()
    {
        var judgement = await lab.JudgementAsync();
        var prober = await lab.ProberAsync();
        var neighbours = await lab.NeighboursAsync();
        GoProgram.NeedsGrpc();
        await using var lanes = await LaneSet.StartAsync(LaneCount, () => Lane.GrpcAsync(prober, neighbours));

        var measured = await lanes.CompareAsync(GrpcCases.All);

        Report.Write("grpc", measured, judgement);
        Report.AssertNone(judgement.Findings(measured));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("service", "word")]
    [InlineData("my.package.Service", "dots")]
    [InlineData("a/b", "slash")]
    [InlineData("under_score-1", "punctuation")]
    public async Task TheRequestIsTheKubelets(string service, string name)
    {
        var judgement = await lab.JudgementAsync();
        var prober = await lab.ProberAsync();
        var neighbours = await lab.NeighboursAsync();
        GoProgram.NeedsGrpc();
        await using var app = await RecordingApp.StartAsync(tls: false);
        await using var agent = await AskedAgent.StartWithDocumentAsync(Documents.Grpc(app.Port, service));

        var kubelet = await prober.GrpcAsync("127.0.0.1", app.Port, service);
        var kubeletSent = app.TakeReceived();
        var verdict = await agent.AskAsync();
        var agentSent = app.TakeReceived();

        var measured = new Comparison($"grpc/service-{name}", kubelet, verdict, kubeletSent, agentSent);
        Assert.Equal(("success", "success"), (kubelet.Result, verdict.Result));
        Report.AssertNone(judgement.RequestFindings([measured]));
    }
}
