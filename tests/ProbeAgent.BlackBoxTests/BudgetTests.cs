using System.Net;
using System.Net.Sockets;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>However slow the app is, the caller hears a code before its own timeout, and not long before the budget is used up.</summary>
[Collection("alone")]
public sealed class BudgetTests(PodFixture fixture) : IClassFixture<PodFixture>
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";

    private static readonly Dictionary<string, AppScript> SlowApps = new()
    {
        ["says nothing"] = AppScripts.Silence,
        ["stops in the status line"] = AppScripts.Send("HTTP/1.1 20"),
        ["stops in the headers"] = AppScripts.Send("HTTP/1.1 200 OK\r\nContent-Le"),
        ["drips its head"] = AppScripts.Drip("HTTP/1.1 200 OK\r\n", "X-Drop: 1\r\n"),
        ["sends interim answers for ever"] = AppScripts.Drip("", "HTTP/1.1 102 Processing\r\n\r\n"),
        ["stops before the body"] = AppScripts.Send(Head),
        ["stops in the body"] = AppScripts.Send(Head + "some"),
        ["drips its body"] = AppScripts.Drip(Head, "."),
        ["stops in a chunk"] = AppScripts.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nsome"),
        ["stops before the last chunk"] = AppScripts.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n"),
        ["never ends a body that has no length"] = AppScripts.Send("HTTP/1.1 200 OK\r\n\r\nsome"),
        ["answers 500 and stops in the body"] = AppScripts.Send("HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\nsome"),
    };

    private Pod Pod => fixture.Pod;

    [Theory]
    [InlineData("says nothing", "response_timeout")]
    [InlineData("stops in the status line", "response_timeout")]
    [InlineData("stops in the headers", "response_timeout")]
    [InlineData("drips its head", "response_timeout")]
    [InlineData("sends interim answers for ever", "response_timeout")]
    [InlineData("stops before the body", "body_timeout")]
    [InlineData("stops in the body", "body_timeout")]
    [InlineData("drips its body", "body_timeout")]
    [InlineData("stops in a chunk", "body_timeout")]
    [InlineData("stops before the last chunk", "body_timeout")]
    [InlineData("never ends a body that has no length", "body_timeout")]
    [InlineData("answers 500 and stops in the body", "body_timeout")]
    public async Task With_one_second_504_arrives_before_one_second_where_the_app(string app, string reason)
    {
        Pod.App.Script = SlowApps[app];

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal((504, $"[-]app failed: {reason}\nlivez check failed\n"), (answer.Code, answer.Body));
        Assert.InRange(answer.Elapsed, TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task An_app_that_is_slow_but_inside_the_budget_is_well()
    {
        Pod.App.Script = AppScripts.When(Task.Delay(TimeSpan.FromSeconds(0.6), TestContext.Current.CancellationToken), AppScripts.Well);

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
    }

    [Fact]
    public async Task The_budget_holds_over_all_hops_together()
    {
        Pod.App.Script = async visit =>
        {
            await visit.HeadArrived;
            await Task.Delay(TimeSpan.FromSeconds(0.4), TestContext.Current.CancellationToken);
            await visit.TrySendAsync(AppScripts.Response(302, "Location: /status"));
        };

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal((504, "[-]app failed: response_timeout\nlivez check failed\n"), (answer.Code, answer.Body));
        Assert.InRange(answer.Elapsed, TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task An_app_whose_queue_is_full_is_a_connect_timeout()
    {
        using var full = new FullListener();
        await using var pod = await Pod.StartAsync(
            AppScripts.Well, ("PROBEAGENT_TARGET", $"http://127.0.0.1:{full.Port}/status"));

        await pod.GetAsync("/livez");

        var answer = await pod.GetAsync("/livez");

        Assert.Equal((504, "[-]app failed: connect_timeout\nlivez check failed\n"), (answer.Code, answer.Body));
        Assert.InRange(answer.Elapsed, TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_longer_timeout_has_a_margin_of_at_most_a_quarter_second()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_TIMEOUT_SECONDS", "3"));
        await pod.GetAsync("/livez");
        pod.App.Script = AppScripts.Silence;

        var answer = await pod.GetAsync("/livez");

        Assert.Equal(504, answer.Code);
        Assert.InRange(answer.Elapsed, TimeSpan.FromSeconds(2.7), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task The_start_says_what_the_kubelet_must_be_told()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        Assert.Contains("answers within 900 ms: timeoutSeconds: 1 on the probe", pod.Agent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_app_is_answered_at_once()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        await pod.GetAsync("/livez");
        await pod.App.StopListeningAsync();

        var answer = await pod.GetAsync("/livez");

        Assert.Equal(502, answer.Code);
        Assert.InRange(answer.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
    }

    /// <summary>A port whose queue of connections is full, so that the kernel lets no further one in.</summary>
    private sealed class FullListener : IDisposable
    {
        private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly Socket queued = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        public FullListener()
        {
            Port = ProbeAgent.Lab.FreePort.Next();
            listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
            listener.Listen(0);
            queued.Connect(IPAddress.Loopback, Port);
        }

        public int Port { get; }

        public void Dispose()
        {
            queued.Dispose();
            listener.Dispose();
        }
    }
}
