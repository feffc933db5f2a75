using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>How many may connect at once, and how long they may take to say what they want.</summary>
[Collection("alone")]
public sealed class ConnectionLimitTests
{
    private static readonly IPAddress Stranger = IPAddress.Parse("127.0.0.2");

    [Fact]
    public async Task Of_one_source_32_connections_may_be_without_a_request_and_others_are_not_hindered()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        var idle = new List<ProbeConnection>();
        try
        {
            for (var count = 1; count <= 32; count++)
            {
                idle.Add(await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort, Stranger));
            }

            await Scrape.WhenAsync(pod.Agent, "probe_agent_connections", 33);
            Assert.Equal(0, (await Scrape.OfAsync(pod.Agent))["probe_agent_connections_rejected_total{reason=\"source_limit\"}"]);

            Assert.True(await ProbeConnection.IsTurnedAwayAsync(pod.Agent.PublicPort, Stranger));

            Assert.Equal(200, (await pod.GetAsync("/livez")).Code);
            await Scrape.WhenAsync(pod.Agent, "probe_agent_connections_rejected_total{reason=\"source_limit\"}", 1);
            await idle[0].SendAsync(Probe.Request("GET", "/livez", pod.Agent.PublicPort));
            Assert.Equal(200, (await idle[0].ReadAnswerAsync()).Code);
        }
        finally
        {
            idle.ForEach(connection => connection.Dispose());
        }
    }

    [Fact]
    public async Task Waiting_for_an_answer_are_128_connections_at_most_also_of_one_source()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pod = await Pod.StartAsync(AppScripts.When(gate.Task, AppScripts.Well), ("PROBEAGENT_TIMEOUT_SECONDS", "30"));
        var waiting = new List<ProbeConnection>();
        try
        {
            for (var count = 1; count <= 128; count++)
            {
                var connection = await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort);
                waiting.Add(connection);
                await connection.SendAsync(Probe.Request("GET", "/livez", pod.Agent.PublicPort));
                await UntilTakenAsync(pod.Agent, connection);
            }

            Assert.True(await ProbeConnection.IsTurnedAwayAsync(pod.Agent.PublicPort, Stranger));
            gate.SetResult();

            foreach (var connection in waiting)
            {
                Assert.Equal(200, (await connection.ReadAnswerAsync()).Code);
            }
        }
        finally
        {
            waiting.ForEach(connection => connection.Dispose());
        }

        Assert.Single(pod.App.Visits);
        await Scrape.WhenAsync(pod.Agent, "probe_agent_connections", 1);
        await Scrape.WhenAsync(pod.Agent, "probe_agent_connections_rejected_total{reason=\"limit\"}", 1);
        Assert.Equal(200, (await pod.GetAsync("/livez")).Code);
    }

    [Fact]
    public async Task A_head_that_is_not_there_after_5_seconds_ends_the_connection()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        var port = pod.Agent.PublicPort;
        using var silent = await ProbeConnection.OpenAsync(IPAddress.Loopback, port);
        using var half = await ProbeConnection.OpenAsync(IPAddress.Loopback, port);
        using var dripping = await ProbeConnection.OpenAsync(IPAddress.Loopback, port);
        using var kept = await ProbeConnection.OpenAsync(IPAddress.Loopback, port);
        await half.SendAsync("GET /livez HTTP/1.1\r\nHost: x\r\n");
        await dripping.SendAsync("GET /livez HTTP/1.1\r\n");
        await kept.SendAsync("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(200, (await kept.ReadAnswerAsync()).Code);

        var ends = await Task.WhenAll(EndAsync(silent), EndAsync(half), EndAsync(kept), EndAsync(dripping, DripAsync(dripping)));

        Assert.All(ends, end => Assert.InRange(end.After, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)));
        Assert.All(ends, end => Assert.DoesNotContain(" 200 ", end.Said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1900, 200)]
    [InlineData(2200, 414)]
    [InlineData(60_000, 414)]
    public async Task A_request_line_has_2_KiB_at_most(int length, int code)
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        var answer = await pod.GetAsync("/livez?x=" + new string('x', length));

        Assert.Equal(code, answer.Code);
    }

    [Theory]
    [InlineData(7500, 200)]
    [InlineData(8400, 431)]
    [InlineData(60_000, 431)]
    public async Task Headers_have_8_KiB_at_most(int length, int code)
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        var answer = await pod.GetAsync("/livez", "X-Long: " + new string('x', length));

        Assert.Equal(code, answer.Code);
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("GET /livez HTTP/1.1\r\n\r\n")]
    [InlineData("GET /livez HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n")]
    public async Task What_is_not_HTTP_is_400_and_the_end_of_the_connection(string bytes)
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        using var connection = await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort);

        await connection.SendAsync(bytes);

        Assert.StartsWith("HTTP/1.1 400 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Empty(pod.App.Visits);
        Assert.Equal(200, (await pod.GetAsync("/livez")).Code);
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

    private static async Task<(TimeSpan After, string Said)> EndAsync(ProbeConnection connection, Task? meanwhile = null)
    {
        var start = Stopwatch.GetTimestamp();
        var said = await connection.ReadToEndAsync();
        var after = Stopwatch.GetElapsedTime(start);
        await (meanwhile ?? Task.CompletedTask);
        return (after, said);
    }

    private static async Task DripAsync(ProbeConnection connection)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        for (var drop = 0; drop < 20; drop++)
        {
            await timer.WaitForNextTickAsync();
            try
            {
                await connection.SendAsync("X-Drop: 1\r\n");
            }
            catch (SocketException)
            {
                return;
            }
        }
    }
}
