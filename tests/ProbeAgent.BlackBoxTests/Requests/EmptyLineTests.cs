using System.Diagnostics;
using System.Net;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Requests;

/// <summary>
/// Empty lines may stand before a request, so they are none, and a refused body may be owed for long: whoever sends nothing else
/// has to make room.
/// </summary>
[Collection("alone")]
public sealed class EmptyLineTests
{
    private const int Connections = 128;
    private const int OfOneSource = 32;

    [Theory]
    [InlineData("\r\n\r\n")]
    [InlineData("\n\n")]
    [InlineData("\r\n\r\nGET /livez HTTP/1.1\r\n")]
    [InlineData("GET /livez HTTP/1.1\r\nHost: pod\r\nContent-Length: 9\r\n\r\n")]
    public async Task Connections_without_a_request_cost_the_kubelet_no_answer(string bytes)
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        var idle = new List<ProbeConnection>();
        try
        {
            for (var count = 0; count < Connections; count++)
            {
                var from = IPAddress.Parse($"127.0.3.{1 + (count / OfOneSource)}");
                idle.Add(await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort, from));
                await idle[^1].SendAsync(bytes);
                await UntilTakenAsync(pod.Agent, idle[^1]);
            }

            for (var probe = 0; probe < 5; probe++)
            {
                var answer = await pod.GetAsync("/livez");

                Assert.Equal((200, "ok"), (answer.Code, answer.Body));
            }
        }
        finally
        {
            idle.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task UntilTakenAsync(AgentProcess agent, ProbeConnection connection)
    {
        var start = Stopwatch.GetTimestamp();
        while (!TcpTable.HasTakenAll(agent.PublicPort, connection.LocalPort))
        {
            Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, AgentProcess.Patience);
            await Task.Yield();
        }
    }
}
