using System.Security.Cryptography.X509Certificates;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Tls;

/// <summary>An HTTPS check by one variable, as the kubelet asks: over TLS, without a look at the certificate.</summary>
public sealed class HttpsCheckTests : IDisposable
{
    private readonly TestAuthority authority = new("Test Authority");

    [Theory]
    [InlineData("good")]
    [InlineData("expired")]
    [InlineData("of another name")]
    [InlineData("self-signed")]
    public async Task Without_a_caFile_any_certificate_will_do(string certificate)
    {
        using var shown = Certificate(certificate);
        await using var app = HttpsApp.Start(shown);
        await using var agent = await StartAsync($"https://:{app.Port}/status");

        var answer = await Probe.GetAsync(agent, "/livez");

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        Assert.Equal("GET /status HTTP/1.1", app.TakeReceived()[^1].RequestLine);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task The_apps_own_code_comes_back(int status)
    {
        using var certificate = Certificate("good");
        await using var app = HttpsApp.Start(certificate, $"HTTP/1.1 {status} Said");
        await using var agent = await StartAsync($"https://:{app.Port}/");

        var answer = await Probe.GetAsync(agent, "/livez");

        Assert.Equal((status, "[-]app failed: bad_status\nlivez check failed\n"), (answer.Code, answer.Body));
    }

    [Fact]
    public async Task An_app_that_speaks_only_HTTP_2_is_asked_in_HTTP_2()
    {
        using var certificate = Certificate("good");
        await using var app = Http2App.Start(Http2Scripts.Page(200), certificate);
        await using var agent = await StartAsync($"https://:{app.Port}/status");

        var well = await Probe.GetAsync(agent, "/livez");
        app.Script = Http2Scripts.Page(500);
        var failed = await Probe.GetAsync(agent, "/livez");

        Assert.Equal((200, "ok"), (well.Code, well.Body));
        Assert.Equal((500, "[-]app failed: bad_status\nlivez check failed\n"), (failed.Code, failed.Body));
        Assert.Equal(2, app.Calls.Count);
    }

    [Fact]
    public async Task A_stream_that_is_reset_in_HTTP_2_is_502_and_not_asked_again_by_the_library()
    {
        using var certificate = Certificate("good");
        await using var app = Http2App.Start(Http2Scripts.ResetStream, certificate);
        await using var agent = await StartAsync($"https://:{app.Port}/status");

        var answer = await Probe.GetAsync(agent, "/livez");

        Assert.Equal(502, answer.Code);
        Assert.InRange(app.Calls.Count, 1, 3);
    }

    [Fact]
    public async Task Plain_HTTP_where_TLS_is_asked_for_is_a_tls_error_that_says_so()
    {
        await using var app = FakeApp.Start(async visit =>
            await visit.TrySendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        await using var agent = await StartAsync($"https://:{app.Port}/");

        var answer = await Probe.GetAsync(agent, "/livez");

        Assert.Equal((502, "[-]app failed: tls_error\nlivez check failed\n"), (answer.Code, answer.Body));
        var line = await agent.WaitForOutputAsync("is down");
        Assert.Matches("\\(tls_error\\): .*plain HTTP", line);
    }

    [Fact]
    public async Task A_TLS_alert_where_plain_HTTP_is_asked_for_is_a_protocol_error_that_says_so()
    {
        await using var app = FakeApp.Start(AppScripts.SendThenFinish("\u0015\u0003\u0001\u0000\u0002\u0002\u0046"));
        await using var agent = await StartAsync($":{app.Port}/");

        var answer = await Probe.GetAsync(agent, "/livez");

        Assert.Equal((502, "[-]app failed: protocol_error\nlivez check failed\n"), (answer.Code, answer.Body));
        Assert.Contains("TLS", await agent.WaitForOutputAsync("is down"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_that_never_ends_is_504_within_the_timeout()
    {
        await using var app = FakeApp.Start(AppScripts.Silence);
        await using var agent = await StartAsync($"https://:{app.Port}/", timeoutSeconds: "1");

        var answer = await Probe.GetAsync(agent, "/livez");

        Assert.Equal((504, "[-]app failed: response_timeout\nlivez check failed\n"), (answer.Code, answer.Body));
        Assert.InRange(answer.Elapsed, TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
        Assert.Contains("TLS", await agent.WaitForOutputAsync("is down"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("closed")]
    public async Task A_handshake_that_the_app_gives_up_is_502(string how)
    {
        await using var app = FakeApp.Start(async visit =>
        {
            while (visit.Received.Length == 0 && visit.IsOpen)
            {
                await Task.Yield();
            }

            if (how == "reset")
            {
                visit.Reset();
            }
            else
            {
                visit.FinishSending();
            }
        });
        await using var agent = await StartAsync($"https://:{app.Port}/");

        var answer = await Probe.GetAsync(agent, "/livez");

        Assert.Equal(502, answer.Code);
        Assert.Matches("^\\[-\\]app failed: (tls_error|connection_reset)\n", answer.Body);
    }

    [Fact]
    public async Task Check_shows_the_TLS_phase()
    {
        using var certificate = Certificate("self-signed");
        await using var app = HttpsApp.Start(certificate);

        var run = await AgentRun.OfAsync(
            ["check"], ("PROBEAGENT_TARGET", $"https://127.0.0.1:{app.Port}/status"), ("PROBEAGENT_TIMEOUT_SECONDS", "10"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(
            ["connect", "tls", "first", "body"], phase => Assert.Contains(phase, run.Output, StringComparison.OrdinalIgnoreCase));
        Assert.Equal($"Host: 127.0.0.1:{app.Port}", app.TakeReceived()[^1].HeaderLines[0]);
    }

    [Fact]
    public async Task The_TLS_phase_is_measured_where_there_is_one()
    {
        using var certificate = Certificate("self-signed");
        await using var app = HttpsApp.Start(certificate);
        await using var agent = await StartAsync($"https://:{app.Port}/");

        await Probe.GetAsync(agent, "/livez");

        var scrape = await Scrape.WhenAsync(agent, "probe_agent_probes_total{code=\"200\",probe=\"liveness\"}", 1);
        Assert.InRange(scrape["probe_agent_attempt_phase_seconds{check=\"app\",phase=\"tls\"}"], 0.000_01, 10);
    }

    public void Dispose() => authority.Dispose();

    /// <summary>Its timeout is long, so that only the test of the time is one.</summary>
    private static Task<AgentProcess> StartAsync(string target, string timeoutSeconds = "10") => AgentProcess.StartAsync(
        ("PROBEAGENT_TARGET", target), ("PROBEAGENT_MAX_AGE_SECONDS", "0"), ("PROBEAGENT_TIMEOUT_SECONDS", timeoutSeconds));

    private X509Certificate2 Certificate(string kind) => kind switch
    {
        "good" => authority.Issue("127.0.0.1"),
        "expired" => authority.Issue(TestAuthority.Now.AddDays(-9), TestAuthority.Now.AddDays(-5), "127.0.0.1"),
        "of another name" => authority.Issue("web.example.com"),
        "self-signed" => TestAuthority.SelfSigned("127.0.0.1"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such certificate."),
    };
}
