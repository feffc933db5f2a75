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
    private const string RejectedForSource = "probe_agent_connections_rejected_total{reason=\"source_limit\"}";

    private static readonly IPAddress Stranger = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress[] Strangers = [Stranger, IPAddress.Parse("127.0.0.3"), IPAddress.Parse("127.0.0.4"), IPAddress.Parse("127.0.0.5")];

    [Fact]
    public async Task Of_one_source_32_connections_may_be_without_a_request_and_the_next_one_takes_the_place_of_the_oldest()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        using var idle = new ConnectionSet(pod.Agent);
        await idle.OpenAsync(Stranger, 32);
        await Scrape.WhenAsync(pod.Agent, "probe_agent_connections", 33);
        Assert.Equal(0, (await Scrape.OfAsync(pod.Agent))[RejectedForSource]);

        await idle.OpenAsync(Stranger, 1);

        Assert.Equal("", await idle[0].ReadToEndAsync());
        Assert.Equal(200, (await AskAsync(pod, idle[32])).Code);
        Assert.Equal(200, (await AskAsync(pod, idle[1])).Code);
        Assert.Equal(200, (await pod.GetAsync("/livez")).Code);
        await Scrape.WhenAsync(pod.Agent, RejectedForSource, 1);
    }

    [Fact]
    public async Task Of_all_sources_128_connections_may_be_open_and_the_next_one_takes_the_place_of_the_oldest_without_a_request()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        using (var idle = new ConnectionSet(pod.Agent))
        {
            foreach (var source in Strangers)
            {
                await idle.OpenAsync(source, 32);
            }

            Assert.Equal(200, (await pod.GetAsync("/livez")).Code);

            Assert.Equal("", await idle[0].ReadToEndAsync());
            Assert.Equal(200, (await AskAsync(pod, idle[1])).Code);
        }

        await Scrape.WhenAsync(pod.Agent, "probe_agent_connections", 1);
        var scrape = await Scrape.WhenAsync(pod.Agent, "probe_agent_connections_rejected_total{reason=\"evicted\"}", 1);
        Assert.Equal(0, scrape[RejectedForSource]);
    }

    [Fact]
    public async Task A_connection_that_waits_for_its_answer_loses_its_place_to_no_other()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pod = await Pod.StartAsync(AppScripts.When(gate.Task, AppScripts.Well), ("PROBEAGENT_TIMEOUT_SECONDS", "30"));
        using var pending = await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort, Stranger);
        await pending.SendAsync(Probe.Request("GET", "/livez", pod.Agent.PublicPort));
        await (await pod.App.NextVisitAsync()).HeadArrived;
        using var idle = new ConnectionSet(pod.Agent);

        // Over its source's limit first, then over that of all.
        foreach (var source in Strangers)
        {
            await idle.OpenAsync(source, 40);
        }

        Assert.Equal("", await idle[0].ReadToEndAsync());
        await Scrape.WhenAsync(pod.Agent, RejectedForSource, 32);
        gate.SetResult();
        Assert.Equal(200, (await pending.ReadAnswerAsync()).Code);
    }

    [Fact]
    public async Task Waiting_for_an_answer_are_128_connections_at_most_also_of_one_source()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pod = await Pod.StartAsync(AppScripts.When(gate.Task, AppScripts.Well), ("PROBEAGENT_TIMEOUT_SECONDS", "30"));
        using (var waiting = new ConnectionSet(pod.Agent))
        {
            for (var number = 0; number < 128; number++)
            {
                await waiting.OpenAsync(IPAddress.Loopback, 1);
                await waiting[number].SendAsync(Probe.Request("GET", "/livez", pod.Agent.PublicPort));
                await UntilTakenAsync(pod.Agent, waiting[number]);
            }

            Assert.True(await ProbeConnection.IsTurnedAwayAsync(pod.Agent.PublicPort, Stranger));
            using var patient = await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort, Stranger);
            await patient.SendAsync(Probe.Request("GET", "/livez", pod.Agent.PublicPort));
            gate.SetResult();

            // Nobody is turned away while answers are about to go out.
            Assert.Equal(200, (await patient.ReadAnswerAsync()).Code);
            foreach (var connection in waiting)
            {
                Assert.Equal(200, (await connection.ReadAnswerAsync()).Code);
            }
        }

        // One question for all, and one for who came last if its answer was no longer fresh.
        Assert.InRange(pod.App.Visits.Count, 1, 2);
        await Scrape.WhenAsync(pod.Agent, "probe_agent_connections", 1);
        await Scrape.WhenAsync(pod.Agent, "probe_agent_connections_rejected_total{reason=\"limit\"}", 1);
        Assert.Equal(200, (await pod.GetAsync("/livez")).Code);
    }

    [Fact]
    public async Task What_comes_behind_a_head_stays_with_the_kernel_while_the_answer_is_pending()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pod = await Pod.StartAsync(AppScripts.When(gate.Task, AppScripts.Well), ("PROBEAGENT_TIMEOUT_SECONDS", "30"));
        var request = $"GET /livez HTTP/1.1\r\nHost: 127.0.0.1:{pod.Agent.PublicPort}\r\n\r\n";
        var callers = new List<ProbeConnection>();
        try
        {
            for (var count = 0; count < 8; count++)
            {
                callers.Add(await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort));
                await callers[^1].SendAsync(request + new string('x', 60_000));
            }

            await pod.App.NextVisitAsync();
            for (var probe = 0; probe < 20; probe++)
            {
                Assert.Equal(200, (await pod.GetAsync("/-/healthy")).Code);
            }

            Assert.All(callers, caller => Assert.False(TcpTable.HasTakenAll(pod.Agent.PublicPort, caller.LocalPort)));
            gate.SetResult();
            Assert.Equal(200, (await callers[0].ReadAnswerAsync()).Code);
        }
        finally
        {
            callers.ForEach(caller => caller.Dispose());
        }
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

        var ends = await Task.WhenAll(EndAsync(silent), EndAsync(half), EndAsync(kept), EndAsync(dripping, DripAsync(dripping, drops: 20)));

        Assert.All(ends, end => Assert.InRange(end.After, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)));
        Assert.All(ends, end => Assert.DoesNotContain(" 200 ", end.Said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_head_that_drips_in_within_5_seconds_is_answered()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        using var dripping = await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort);
        await dripping.SendAsync("GET /livez HTTP/1.1\r\n");

        await DripAsync(dripping, drops: 8);
        await dripping.SendAsync("Host: x\r\nConnection: close\r\n\r\n");

        Assert.Equal(200, (await dripping.ReadAnswerAsync()).Code);
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

    private static async Task<Answer> AskAsync(Pod pod, ProbeConnection connection)
    {
        await connection.SendAsync(Probe.Request("GET", "/livez", pod.Agent.PublicPort));
        return await connection.ReadAnswerAsync();
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

    private static async Task DripAsync(ProbeConnection connection, int drops)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        for (var drop = 0; drop < drops; drop++)
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
