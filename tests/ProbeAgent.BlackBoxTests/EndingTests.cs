using System.Diagnostics;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>How the agent ends: not before the app, and never by itself.</summary>
public sealed class EndingTests
{
    [Fact]
    public async Task On_SIGTERM_readiness_fails_at_once_and_liveness_goes_on_telling_the_truth()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        Assert.Equal(200, (await pod.GetAsync("/readyz")).Code);

        pod.Agent.Signal("TERM");
        await UntilDrainingAsync(pod);

        var ready = await pod.GetAsync("/readyz");
        Assert.Equal(503, ready.Code);
        Assert.Contains("draining", ready.Body, StringComparison.Ordinal);
        Assert.EndsWith("readyz check failed\n", ready.Body, StringComparison.Ordinal);
        Assert.Equal(503, (await pod.GetAsync("/readyz/app")).Code);
        Assert.Equal(503, (await pod.GetAsync("/app-health/app/readyz")).Code);
        Assert.Equal((200, "ok"), ((await pod.GetAsync("/livez")).Code, (await pod.GetAsync("/livez")).Body));
        Assert.Equal(200, (await pod.GetAsync("/-/healthy")).Code);
        pod.App.Script = AppScripts.Status(500);
        Assert.Equal(500, (await pod.GetAsync("/livez")).Code);
    }

    [Fact]
    public async Task A_draining_agent_ends_with_0_once_the_app_has_refused_twice_a_second_apart()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        pod.Agent.Signal("TERM");
        await UntilDrainingAsync(pod);
        var closed = Stopwatch.GetTimestamp();
        await pod.App.StopListeningAsync();

        var exitCode = await pod.Agent.WaitForExitAsync();

        Assert.Equal(0, exitCode);
        Assert.InRange(Stopwatch.GetElapsedTime(closed), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_port_that_is_closed_for_a_moment_only_does_not_end_the_drain()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        pod.Agent.Signal("TERM");
        await UntilDrainingAsync(pod);

        await UntilAskedForTheDrainAsync(pod.App);
        await pod.App.StopListeningAsync();
        // Asked once a second: once it is refused meanwhile, and before the second time the app is back.
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        pod.App.Listen(System.Net.IPAddress.Loopback);

        await UntilAskedForTheDrainAsync(pod.App);
        await UntilAskedForTheDrainAsync(pod.App);
        Assert.False(pod.Agent.HasExited);
        Assert.Equal(200, (await pod.GetAsync("/livez")).Code);
    }

    [Fact]
    public async Task A_drain_ends_with_0_at_its_limit_also_where_the_app_goes_on()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_DRAIN_SECONDS", "2"));
        var signalled = Stopwatch.GetTimestamp();
        pod.Agent.Signal("TERM");

        var exitCode = await pod.Agent.WaitForExitAsync();

        Assert.Equal(0, exitCode);
        Assert.InRange(Stopwatch.GetElapsedTime(signalled), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task With_drain_0_SIGTERM_ends_it_at_once()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_DRAIN_SECONDS", "0"));

        await AssertEndsAtOnceAsync(pod, "TERM");
    }

    [Fact]
    public async Task A_second_SIGTERM_ends_it_at_once()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        pod.Agent.Signal("TERM");
        await UntilDrainingAsync(pod);

        await AssertEndsAtOnceAsync(pod, "TERM");
    }

    [Fact]
    public async Task SIGINT_ends_it_at_once()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        await AssertEndsAtOnceAsync(pod, "INT");
    }

    [Fact]
    public async Task SIGINT_ends_it_at_once_also_while_a_probe_waits_for_its_answer()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Silence, ("PROBEAGENT_TIMEOUT_SECONDS", "30"));
        using var waiting = await ProbeConnection.OpenAsync(System.Net.IPAddress.Loopback, pod.Agent.PublicPort);
        await waiting.SendAsync(Probe.Request("GET", "/livez", pod.Agent.PublicPort));
        await pod.App.NextVisitAsync();

        await AssertEndsAtOnceAsync(pod, "INT");
    }

    [Fact]
    public async Task An_answer_on_its_way_at_the_end_is_the_apps_own()
    {
        var gate = new TaskCompletionSource();
        await using var pod = await Pod.StartAsync(AppScripts.When(gate.Task, AppScripts.Well), ("PROBEAGENT_DRAIN_SECONDS", "0"));
        using var waiting = await ProbeConnection.OpenAsync(System.Net.IPAddress.Loopback, pod.Agent.PublicPort);
        await waiting.SendAsync(Probe.Request("GET", "/livez", pod.Agent.PublicPort));
        await pod.App.NextVisitAsync();

        pod.Agent.Signal("TERM");
        await ListeningPort.ClosesAsync(pod.Agent.PublicPort);
        gate.SetResult();

        Assert.Equal((200, "ok"), await CodeAndBodyAsync(waiting));
    }

    [Fact]
    public async Task A_TCP_check_drains_by_its_port_as_well()
    {
        await using var app = FakeApp.Start(AppScripts.Silence);
        await using var pod = await Pod.AroundAsync(app, ("PROBEAGENT_TARGET", $"tcp://:{app.Port}"));
        pod.Agent.Signal("TERM");
        await UntilDrainingAsync(pod);
        var closed = Stopwatch.GetTimestamp();
        await app.StopListeningAsync();

        var exitCode = await pod.Agent.WaitForExitAsync();

        Assert.Equal(0, exitCode);
        Assert.InRange(Stopwatch.GetElapsedTime(closed), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(4));
    }

    private static async Task<(int Code, string Body)> CodeAndBodyAsync(ProbeConnection connection)
    {
        var answer = await connection.ReadAnswerAsync();
        return (answer.Code, answer.Body);
    }

    private static async Task AssertEndsAtOnceAsync(Pod pod, string signal)
    {
        var signalled = Stopwatch.GetTimestamp();
        pod.Agent.Signal(signal);

        var exitCode = await pod.Agent.WaitForExitAsync();

        Assert.Equal(0, exitCode);
        Assert.InRange(Stopwatch.GetElapsedTime(signalled), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    /// <summary>The connect by which a draining agent learns whether the app is still there; no question follows it.</summary>
    private static async Task UntilAskedForTheDrainAsync(FakeApp app)
    {
        AppVisit visit;
        do
        {
            visit = await app.NextVisitAsync();
            await visit.Ended;
        }
        while (visit.Received.Length > 0);
    }

    /// <summary>The signal is on its way when <c>kill</c> returns; a moment later readiness fails, for good.</summary>
    private static async Task UntilDrainingAsync(Pod pod)
    {
        var signalled = Stopwatch.GetTimestamp();
        while ((await pod.GetAsync("/readyz")).Code != 503)
        {
            Assert.InRange(Stopwatch.GetElapsedTime(signalled), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }
    }
}
