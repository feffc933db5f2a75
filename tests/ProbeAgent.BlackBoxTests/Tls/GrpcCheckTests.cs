using System.Diagnostics;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Tls;

/// <summary>A check of the gRPC health protocol as its user meets it: code, reason, sentence.</summary>
public sealed class GrpcCheckTests(GrpcCheckTests.Fixture fixture) : IClassFixture<GrpcCheckTests.Fixture>
{
    private static readonly Dictionary<string, Http2Script> Apps = new()
    {
        ["says UNKNOWN"] = Http2Scripts.Health(0),
        ["says NOT_SERVING"] = Http2Scripts.Health(2),
        ["says SERVICE_UNKNOWN"] = Http2Scripts.Health(3),
        ["says a status that does not exist"] = Http2Scripts.Health(77),
        ["fails with CANCELLED"] = Http2Scripts.Failure(1, "gone"),
        ["fails with UNKNOWN"] = Http2Scripts.Failure(2, "what"),
        ["fails with DEADLINE_EXCEEDED"] = Http2Scripts.Failure(4, "late"),
        ["fails with NOT_FOUND"] = Http2Scripts.Failure(5, "no such service"),
        ["fails with UNIMPLEMENTED"] = Http2Scripts.Failure(12, "no health service"),
        ["fails with UNAVAILABLE"] = Http2Scripts.Failure(14, "warming up"),
        ["fails with UNAUTHENTICATED"] = Http2Scripts.Failure(16, "who are you"),
        ["is a web server"] = Http2Scripts.Page(200),
        ["is a web server that knows no such page"] = Http2Scripts.Page(404),
        ["ends without a status"] = Http2Scripts.NoStatus,
        ["sends a broken message"] = Http2Scripts.BrokenMessage,
        ["says nothing"] = Http2Scripts.Silence,
        ["stops after its headers"] = Http2Scripts.HeadersOnly,
        ["stops before its trailers"] = Http2Scripts.NoTrailers,
    };

    private Fixture Lab => fixture;

    [Fact]
    public async Task A_service_that_is_serving_is_well_and_asked_by_its_name()
    {
        Lab.App.Script = Http2Scripts.Serving;

        var answer = await Probe.GetAsync(Lab.Agent, "/livez");

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        Assert.Equal("shop.Cart", Lab.App.Calls.Last().Service);
    }

    [Theory]
    [InlineData("says UNKNOWN", "grpc_not_serving")]
    [InlineData("says NOT_SERVING", "grpc_not_serving")]
    [InlineData("says SERVICE_UNKNOWN", "grpc_unknown_service")]
    [InlineData("says a status that does not exist", "grpc_not_serving")]
    [InlineData("fails with CANCELLED", "grpc_not_serving")]
    [InlineData("fails with UNKNOWN", "grpc_not_serving")]
    [InlineData("fails with DEADLINE_EXCEEDED", "grpc_not_serving")]
    [InlineData("fails with NOT_FOUND", "grpc_unknown_service")]
    [InlineData("fails with UNIMPLEMENTED", "grpc_unknown_service")]
    [InlineData("fails with UNAVAILABLE", "grpc_not_serving")]
    [InlineData("fails with UNAUTHENTICATED", "grpc_not_serving")]
    [InlineData("is a web server", "protocol_error")]
    [InlineData("is a web server that knows no such page", "protocol_error")]
    [InlineData("ends without a status", "protocol_error")]
    [InlineData("sends a broken message", "protocol_error")]
    public async Task It_is_502_and_asked_once_where_the_app(string app, string reason)
    {
        Lab.App.Script = Apps[app];
        var before = Lab.App.Calls.Count;

        var answer = await Probe.GetAsync(Lab.Agent, "/livez");

        Assert.Equal((502, $"[-]app failed: {reason}\nlivez check failed\n"), (answer.Code, answer.Body));
        Assert.Equal(before + 1, Lab.App.Calls.Count);
    }

    [Theory]
    [InlineData("says nothing", "response_timeout")]
    [InlineData("stops after its headers", "response_timeout|body_timeout")]
    [InlineData("stops before its trailers", "response_timeout|body_timeout")]
    public async Task It_is_504_within_the_timeout_where_the_app(string app, string reasons)
    {
        Lab.App.Script = Apps[app];
        var start = Stopwatch.GetTimestamp();

        var answer = await Probe.GetAsync(Lab.Agent, "/livez");

        Assert.Equal(504, answer.Code);
        Assert.Matches($"^\\[-\\]app failed: ({reasons})\nlivez check failed\n$", answer.Body);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
    }

    [Fact]
    public async Task What_the_app_says_of_itself_is_not_told_to_the_network()
    {
        Lab.App.Script = Http2Scripts.Failure(14, "TopSecretMessage");

        var answer = await Probe.GetAsync(Lab.Agent, "/livez?verbose");

        Assert.Equal((502, "[-]app failed: grpc_not_serving\nlivez check failed\n"), (answer.Code, answer.Body));
        Assert.DoesNotContain("TopSecret", answer.Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("says NOT_SERVING", "NOT_SERVING")]
    [InlineData("fails with NOT_FOUND", "shop\\.Cart")]
    [InlineData("fails with UNAVAILABLE", "warming up")]
    public async Task Check_says_what_came_back(string app, string words)
    {
        await using var grpc = Http2App.Start(Apps[app]);

        var run = await AgentRun.OfAsync(["check", $"grpc://:{grpc.Port}/shop.Cart"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(words, run.Output);
        Assert.Contains("grpc_", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_of_a_service_that_is_serving_is_0_with_its_phases()
    {
        await using var grpc = Http2App.Start(Http2Scripts.Serving);

        var run = await AgentRun.OfAsync(["check", $"grpc://127.0.0.1:{grpc.Port}/shop.Cart"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("connect", run.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("shop.Cart", Assert.Single(grpc.Calls).Service);
    }

    [Theory]
    [InlineData("grpc://:{0}")]
    [InlineData("grpc://:{0}/")]
    public async Task Without_a_service_the_server_as_a_whole_is_asked(string target)
    {
        await using var grpc = Http2App.Start(Http2Scripts.Serving);

        var run = await AgentRun.OfAsync(["check", string.Format(null, target, grpc.Port)]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("", Assert.Single(grpc.Calls).Service);
    }

    [Fact]
    public async Task An_app_that_speaks_only_HTTP_1_is_a_protocol_error()
    {
        await using var app = FakeApp.Start(AppScripts.SendThenFinish("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));

        var run = await AgentRun.OfAsync(["check", $"grpc://:{app.Port}"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("protocol_error", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_is_refused()
    {
        var run = await AgentRun.OfAsync(["check", $"grpc://:{FreePort.Next()}"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("connection_refused", run.Output, StringComparison.Ordinal);
    }

    /// <summary>An app that speaks gRPC, and the agent that asks it for <c>shop.Cart</c> by one variable.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private AgentProcess? agent;

        /// <summary>The app.</summary>
        public Http2App App { get; } = Http2App.Start(Http2Scripts.Serving);

        /// <summary>The agent.</summary>
        public AgentProcess Agent => agent ?? throw new InvalidOperationException("The fixture has not been started.");

        public async ValueTask InitializeAsync()
        {
            agent = await AgentProcess.StartAsync(
                ("PROBEAGENT_TARGET", $"grpc://:{App.Port}/shop.Cart"), ("PROBEAGENT_MAX_AGE_SECONDS", "0"));
            await Probe.GetAsync(agent, "/livez");
        }

        public async ValueTask DisposeAsync()
        {
            if (agent is not null)
            {
                await agent.DisposeAsync();
                Trace.AssertNone(agent.Output);
            }

            await App.DisposeAsync();
        }
    }
}
