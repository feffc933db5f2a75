using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>Relays and hooks to an app that speaks TLS: no certificate is looked at, as the kubelet looks at none.</summary>
public sealed class RelayTlsTests
{
    private const string Page = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nConnection: close\r\n\r\npage";

    [Fact]
    public async Task A_page_behind_TLS_is_passed_on()
    {
        await using var app = new RelayTlsApp(Page);
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_METRICS_TARGET", $"https://:{app.Port}/metrics"));

        var answer = await pod.GetAsync("/relay/app", "User-Agent: Prometheus/3.5.0");

        Assert.Equal((200, "page"), (answer.Code, answer.Body));
        Assert.StartsWith("GET /metrics HTTP/1.1\r\nHost: ", app.Received, StringComparison.Ordinal);
        Assert.EndsWith("User-Agent: Prometheus/3.5.0\r\n\r\n", app.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_behind_TLS_that_is_short_resets_the_connection()
    {
        await using var app = new RelayTlsApp("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome");
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_METRICS_TARGET", $"https://:{app.Port}/metrics"));

        var reading = await RelayReading.OfAsync(pod.Agent, Probe.Request("GET", "/relay/app", pod.Agent.PublicPort));

        Assert.True(reading.WasReset);
    }

    [Fact]
    public async Task An_app_that_speaks_no_TLS_is_502()
    {
        await using var app = FakeApp.Start(visit => visit.TrySendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_METRICS_TARGET", $"https://:{app.Port}/metrics"));

        var answer = await pod.GetAsync("/relay/app");

        Assert.Equal((502, "relay failed: tls_error\n"), (answer.Code, answer.Body));
    }

    [Fact]
    public async Task A_hook_behind_TLS_runs_with_its_headers()
    {
        await using var app = new RelayTlsApp(Page);
        await using var pod = await Pod.StartAsync(AppScripts.Well, Hook(app.Port));

        var answer = await pod.GetAsync(HookPod.Target, HookPod.KubeletUserAgent);

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        Assert.Contains("Authorization: Bearer T0ken\r\n", app.Received, StringComparison.Ordinal);
        Assert.Contains("User-Agent: kube-lifecycle/1.36\r\n", app.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_whose_app_answers_TLS_in_plain_is_asked_again_in_plain_without_its_authorization()
    {
        await using var app = FakeApp.Start(async visit =>
        {
            // The first bytes of a handshake are no request that ever ends.
            if (visit.Number > 1)
            {
                await visit.HeadArrived;
            }

            await visit.TrySendAsync(visit.Number == 1 ? "HTTP/1.0 400 Bad Request\r\n\r\nthis is no TLS" : AppScripts.Response(200));
            visit.FinishSending();
        });
        await using var pod = await Pod.StartAsync(AppScripts.Well, Hook(app.Port));

        var answer = await pod.GetAsync(HookPod.Target);

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        Assert.Equal(2, app.Visits.Count);
        Assert.StartsWith("GET /shutdown HTTP/1.1\r\n", app.LastVisit.Received, StringComparison.Ordinal);
        Assert.Equal("yes", app.LastVisit.Header("X-Other"));
        Assert.Null(app.LastVisit.Header("Authorization"));
    }

    private static (string Name, string Value) Hook(int port) => (
        "PROBEAGENT_CONFIG_YAML",
        $"hooks: [{{container: app, hook: preStop, key: {HookPod.Key}, httpGet: {{scheme: HTTPS, port: {port}, path: /shutdown, "
        + "httpHeaders: [{name: Authorization, value: Bearer T0ken}, {name: X-Other, value: 'yes'}]}}]");
}
