using ProbeAgent.Lab.Hostile;
using ProbeAgent.ParityTests.Cases;

namespace ProbeAgent.ParityTests;

/// <summary>A TCP check is the kubelet's <c>tcpSocket</c>: a connection that opens, and nothing else.</summary>
public sealed class TcpTests(ParityLab lab)
{
    [Fact]
    public async Task TheAgentSaysWhatTheKubeletSays()
    {
        var judgement = await lab.JudgementAsync();

        var prober = await lab.ProberAsync();
        var neighbours = await lab.NeighboursAsync();
        await using var lanes = await LaneSet.StartAsync(1, () => Lane.TcpAsync(prober, neighbours));

        var measured = await lanes.CompareAsync(TcpCases.All);

        Report.Write("tcp", measured, judgement);
        Report.AssertNone(judgement.Findings(measured));
    }

    [Fact]
    public async Task BothSendNothingAndLeaveByFin()
    {
        var prober = await lab.ProberAsync();
        var neighbours = await lab.NeighboursAsync();
        await using var app = HostileApp.Start(_ => Answer.Unasked.ThenStall());
        await using var agent = await AskedAgent.StartAsync($"tcp://127.0.0.1:{app.PortText}");

        await prober.TcpSocketAsync("127.0.0.1", app.Port);
        await agent.AskAsync();

        var received = app.TakeReceived();
        Assert.Equal(2, received.Count);
        foreach (var connection in received)
        {
            Assert.Equal(CallerExit.Closed, await connection.Exit);
            Assert.False(connection.HasMore);
        }
    }
}
