using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>Each variable, and its option, does what it says.</summary>
public sealed class VariableTests
{
    private const int DefaultAdminPort = 15082;

    [Fact]
    public async Task The_name_is_the_one_in_paths_texts_and_metrics()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_NAME", "web-1"));

        Assert.Equal("[+]web-1 ok\nlivez check passed\n", (await pod.GetAsync("/livez/web-1?verbose")).Body);
        Assert.Equal(200, (await pod.GetAsync("/app-health/web-1/readyz")).Code);
        Assert.Equal(404, (await pod.GetAsync("/livez/app")).Code);
        await Scrape.WhenAsync(pod.Agent, "probe_agent_check_up{check=\"web-1\"}", 1);
    }

    [Fact]
    public async Task The_public_port_may_be_bound_to_one_address()
    {
        var port = FreePort.Next();
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_LISTEN", $"127.0.0.1:{port}"));

        Assert.Equal(200, (await Probe.SendAsync(port, Probe.Request("GET", "/livez", port))).Code);
        await Assert.ThrowsAsync<SocketException>(() => ProbeConnection.OpenAsync(IPAddress.IPv6Loopback, port));
    }

    [Fact]
    public async Task The_admin_port_can_be_off()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_ADMIN", "off"));

        Assert.Equal(200, (await pod.GetAsync("/livez")).Code);
        Assert.Contains("status on no port", pod.Agent.Output, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SocketException>(() => ProbeConnection.OpenAsync(IPAddress.Loopback, DefaultAdminPort));
    }

    [Fact]
    public async Task The_variables_of_a_service_called_probeagent_change_nothing_and_are_not_mentioned()
    {
        (string Name, string Value)[] links =
        [
            ("PROBEAGENT_PORT", "tcp://10.0.0.1:443"),
            ("PROBEAGENT_SERVICE_HOST", "10.0.0.1"),
            ("PROBEAGENT_SERVICE_PORT", "443"),
            ("PROBEAGENT_SERVICE_PORT_HTTPS", "443"),
            ("PROBEAGENT_PORT_443_TCP", "tcp://10.0.0.1:443"),
            ("PROBEAGENT_PORT_443_TCP_PROTO", "tcp"),
            ("PROBEAGENT_PORT_443_TCP_PORT", "443"),
            ("PROBEAGENT_PORT_443_TCP_ADDR", "10.0.0.1"),
        ];
        await using var pod = await Pod.StartAsync(AppScripts.Well, links);

        Assert.Equal(200, (await pod.GetAsync("/livez")).Code);
        Assert.All(links, link => Assert.DoesNotContain(link.Name, pod.Agent.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PROBEAGENT_TIMEOUT", "5")]
    [InlineData("PROBEAGENT_TARGETS", ":80")]
    [InlineData("PROBEAGENT_PORT", "15099")]
    public async Task An_unknown_variable_is_warned_of_and_the_agent_starts(string name, string value)
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well, (name, value));

        Assert.Equal(200, (await pod.GetAsync("/livez")).Code);
        var line = Assert.Single(pod.Agent.Output.Split('\n'), line => line.Contains(name, StringComparison.Ordinal));
        Assert.Contains("warn", line, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Options_beat_variables()
    {
        await using var wrong = FakeApp.Start(AppScripts.Status(500));
        await using var right = FakeApp.Start(AppScripts.Well);
        var (port, adminPort) = (FreePort.Next(), FreePort.Next());
        await using var agent = AgentProcess.Launch(
            [
                "run", "--target", $":{right.Port}/other", "--name", "web", "--listen", $":{port}", "--admin", $"127.0.0.1:{adminPort}",
                "--timeout-seconds", "2", "--max-age-seconds=60", "--detail", "full", "--drain-seconds", "0", "--log-level", "debug",
                "--log-format", "json",
            ],
            ("PROBEAGENT_TARGET", $":{wrong.Port}/status"),
            ("PROBEAGENT_NAME", "app"),
            ("PROBEAGENT_TIMEOUT_SECONDS", "1"),
            ("PROBEAGENT_MAX_AGE_SECONDS", "0"),
            ("PROBEAGENT_DETAIL", "reason"),
            ("PROBEAGENT_LOG_LEVEL", "error"),
            ("PROBEAGENT_LOG_FORMAT", "text"));
        await agent.WaitForOutputAsync("listening on");

        for (var probe = 0; probe < 2; probe++)
        {
            Assert.Equal(200, (await Probe.SendAsync(port, Probe.Request("GET", "/livez/web", port))).Code);
        }

        Assert.Equal("/other", Assert.Single(right.Visits).Target);
        Assert.Empty(wrong.Visits);
        Assert.Equal(200, (await Probe.SendAsync(adminPort, Probe.Request("GET", "/status.json", adminPort))).Code);
        var metrics = await Probe.SendAsync(port, Probe.Request("GET", "/metrics", port));
        Assert.Contains("probe_agent_check_timeout_seconds{check=\"web\"} 2\n", metrics.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_work_without_the_word_run_and_without_any_variable_for_the_target()
    {
        await using var app = FakeApp.Start(AppScripts.Well);
        await using var agent = AgentProcess.Launch(["--target", $":{app.Port}/status"]);
        await agent.WaitForOutputAsync("listening on");

        Assert.Equal(200, (await Probe.GetAsync(agent, "/livez")).Code);
    }

    [Fact]
    public async Task The_JSON_format_is_one_object_a_line()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Status(500), ("PROBEAGENT_LOG_FORMAT", "json"));
        await pod.GetAsync("/livez");
        await pod.Agent.WaitForOutputAsync("is down");

        var lines = pod.Agent.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            using var entry = JsonDocument.Parse(line);
            Assert.True(entry.RootElement.TryGetProperty("LogLevel", out _), line);
            Assert.True(entry.RootElement.TryGetProperty("Message", out _), line);
        }

        using var down = JsonDocument.Parse(Assert.Single(lines, line => line.Contains("is down", StringComparison.Ordinal)));
        Assert.Equal("Warning", down.RootElement.GetProperty("LogLevel").GetString());
        Assert.Equal("app", down.RootElement.GetProperty("State").GetProperty("Check").GetString());
        Assert.Equal("bad_status", down.RootElement.GetProperty("State").GetProperty("Reason").GetString());
    }

    [Fact]
    public async Task Level_error_keeps_the_log_silent_about_an_app_that_is_down()
    {
        await using var app = FakeApp.Start(AppScripts.Status(500));
        await using var agent = AgentProcess.Launch(
            [], ("PROBEAGENT_TARGET", $":{app.Port}/status"), ("PROBEAGENT_LOG_LEVEL", "error"), ("PROBEAGENT_DRAIN_SECONDS", "0"));
        await ListeningPort.OpensAsync(agent.PublicPort);

        await Probe.GetAsync(agent, "/livez");
        agent.Signal("TERM");

        Assert.Equal(0, await agent.WaitForExitAsync());
        Assert.Equal("", agent.Output);
    }

    [Fact]
    public async Task Level_debug_has_a_line_for_each_attempt()
    {
        await using var pod = await Pod.StartAsync(
            AppScripts.Well, ("PROBEAGENT_LOG_LEVEL", "debug"), ("PROBEAGENT_DRAIN_SECONDS", "0"));
        await pod.GetAsync("/livez");
        await pod.GetAsync("/livez");
        pod.Agent.Signal("TERM");
        await pod.Agent.WaitForExitAsync();

        var attempts = pod.Agent.Output.Split('\n').Count(line => line.Contains($":{pod.App.Port}/status", StringComparison.Ordinal)
            && line.Contains("debug", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(2, attempts);
    }
}
