using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.PodTests;

/// <summary>
/// Everything that can be wrong, caused for real in a pod under strict mTLS, and what somebody on call sees of it: the code and the
/// reason of the answer, one line of the log, the metrics, and <c>status</c>; all of them say the same.
/// </summary>
public sealed class FaultTests(PodLab lab)
{
    private const int AgentPort = 15081;
    private const int Probes = 2;

    public static TheoryData<string> Faults { get; } = [.. FaultTable.Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Of_each_fault_the_cause_is_seen_in_one_look(string fault)
    {
        var row = FaultTable.Row(fault);
        if (row.Action.StartsWith("grpc", StringComparison.Ordinal))
        {
            GoProgram.NeedsGrpc();
        }

        await using var pod = await lab.StartPodAsync(MeshMode.Strict, AgentPort);
        await using var app = await StartAppAsync(pod, row);
        await using var agent = await pod.StartAgentWithDocumentAsync(
            row.Document.Replace("caFile: CA", $"caFile: {lab.Certificates.MeshAuthorityFile}", StringComparison.Ordinal));

        // What is loaded at a first question must not cost the fault its second.
        await pod.Kubelet.PageAsync(Pod.Address, AgentPort, "/startupz/warm");
        for (var probe = 0; probe < Probes; probe++)
        {
            Assert.Equal(FaultPage.Saw(fault), (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/livez")).Saw);
        }

        var sentence = await OneLineAsync(agent, row);
        AssertSays(fault, sentence);
        Assert.DoesNotContain("secret", sentence, StringComparison.Ordinal);
        await AssertMetricsAsync(pod, row);
        AssertStatus(pod, row);
    }

    [Fact]
    public void The_page_has_a_row_for_each_and_no_other() =>
        Assert.Equal(FaultTable.Rows.Select(row => row.Name).Concat(FaultTable.Others), FaultPage.Faults);

    [Fact]
    public async Task An_agent_without_CPU_says_that_it_is_itself()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.Strict, AgentPort);
        await using var app = await pod.StartAppAsync(AppCondition.Frozen);
        await using var agent = await pod.StartAgentAsync(":80/status", ("PROBEAGENT_MAX_AGE_SECONDS", "0"));

        var answer = pod.Kubelet.PageAsync(Pod.Address, AgentPort, "/livez");
        await pod.WaitForConnectionAsync(ServiceGo.Port);
        await agent.FreezeAsync();
        // Beyond its budget: here time that passes is the fault.
        await Task.Delay(TimeSpan.FromSeconds(1.2), TestContext.Current.CancellationToken);
        agent.Thaw();

        Assert.Equal(FaultPage.Saw(FaultTable.Starved), Saw(await answer));
        AssertSays(FaultTable.Starved, await agent.WaitForOutputAsync("(agent_late)"));
        Assert.DoesNotContain("is down", agent.Output, StringComparison.Ordinal);
        var metrics = await MetricsAsync(pod);
        Assert.Contains("probe_agent_late_total 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("probe_agent_probes_total{probe=\"liveness\",code=\"503\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("probe_agent_check_up{", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("DOWN", pod.Status().Text, StringComparison.Ordinal);
        Assert.Contains("warning: check \"app\" was answered 503 (agent_late)", pod.Status().Text, StringComparison.Ordinal);
        AssertSays(FaultTable.Starved, pod.Status().Text);
    }

    [Fact]
    public async Task A_captured_port_is_told_with_what_to_add()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.Permissive);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var agent = await pod.StartAgentAsync(":80/status");

        for (var probe = 0; probe < Probes; probe++)
        {
            Assert.Equal(FaultPage.Saw(FaultTable.Captured), (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/livez")).Saw);
        }

        AssertSays(FaultTable.Captured, await agent.WaitForOutputAsync("through the sidecar"));
        Assert.Single(agent.Output.Split('\n'), line => line.Contains("through the sidecar", StringComparison.Ordinal));
        Assert.Contains("probe_agent_capture_suspected 1\n", await MetricsAsync(pod), StringComparison.Ordinal);
        AssertSays(FaultTable.Captured, pod.Status().Text);
    }

    [Fact]
    public async Task A_sidecar_that_is_not_ready_is_told_apart_from_the_app()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.NoSidecar);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var sidecar = new StandIns(pod.Network, "istio", isReady: false);
        await using var agent = await pod.StartAgentWithDocumentAsync(
            "checks: [{name: app, httpGet: {port: 80, path: /status}}]\nmesh: {kind: istio, gate: [readiness], gateDeadlineSeconds: 3600}");

        for (var probe = 0; probe < Probes; probe++)
        {
            Assert.Equal(FaultPage.Saw(FaultTable.SidecarNotReady), (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/readyz")).Saw);
        }

        AssertSays(FaultTable.SidecarNotReady, await agent.WaitForOutputAsync("is not ready yet"));
        Assert.Single(agent.Output.Split('\n'), line => line.Contains("not ready", StringComparison.Ordinal));
        var metrics = await MetricsAsync(pod);
        Assert.Contains("probe_agent_mesh_info{mesh=\"istio\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("probe_agent_mesh_ready 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains(Invariant($"probe_agent_probes_total{{probe=\"readiness\",code=\"503\"}} {Probes}\n"), metrics, StringComparison.Ordinal);
        AssertSays(FaultTable.SidecarNotReady, pod.Status().Text);
        Assert.Contains("warning: readiness is 503 (mesh_not_ready)", pod.Status().Text, StringComparison.Ordinal);
    }

    private static async Task<PodProcess> StartAppAsync(Pod pod, FaultRow row)
    {
        var app = row.OnlyPort is { } port ? await pod.StartAppOnAsync(port) : await pod.StartAppAsync(row.App);
        foreach (var order in row.Orders)
        {
            await ServiceGo.ObeyAsync(app, order);
        }

        return app;
    }

    // However many probes have seen it; the sentence is what follows the check's name and state.
    private static async Task<string> OneLineAsync(PodProcess agent, FaultRow row)
    {
        var state = row.IsUp ? "Check \"app\" is up" : $"Check \"app\" is down ({Reason(row)})";
        await agent.WaitForOutputAsync($"{state}: ");
        var line = Assert.Single(agent.Output.Split('\n'), line => line.Contains("Check \"app\"", StringComparison.Ordinal));
        return line.Split($"{state}: ")[1];
    }

    private static async Task AssertMetricsAsync(Pod pod, FaultRow row)
    {
        var metrics = await MetricsAsync(pod);
        var code = FaultPage.Saw(row.Name).Split(' ')[0];
        var counted = code switch { "200" or "502" or "503" or "504" => code, _ => $"{code[0]}xx" };
        var result = row.IsUp ? "warning" : "failure";
        string[] expected =
        [
            Invariant($"probe_agent_check_up{{check=\"app\"}} {(row.IsUp ? 1 : 0)}"),
            // A second look is no question of a probe.
            Invariant($"probe_agent_attempts_total{{check=\"app\",result=\"{result}\"}} {Probes}"),
            Invariant($"probe_agent_probes_total{{probe=\"liveness\",code=\"{counted}\"}} {Probes}"),
            Invariant($"probe_agent_check_transitions_total{{check=\"app\",to=\"down\"}} 0"),
        ];
        Assert.All(expected, line => Assert.Contains($"{line}\n", metrics, StringComparison.Ordinal));
        if (!row.IsUp)
        {
            Assert.Contains(
                Invariant($"probe_agent_attempt_failures_total{{check=\"app\",reason=\"{Reason(row)}\"}} {Probes}\n"), metrics, StringComparison.Ordinal);
        }
    }

    private static void AssertStatus(Pod pod, FaultRow row)
    {
        var (exitCode, status) = pod.Status();

        Assert.Equal(row.IsUp ? 0 : 1, exitCode);
        Assert.Contains(row.IsUp ? "up with a warning" : $"({Reason(row)})", status, StringComparison.Ordinal);
        // Durations are those of the latest probe.
        AssertSays(row.Name, status);
    }

    private static void AssertSays(string fault, string text) =>
        Assert.True(FaultPage.Sentence(fault).IsMatch(text), $"{text}\nis not what docs/troubleshooting.md says:\n{FaultPage.Sentence(fault)}");

    // [-]app failed: connection_refused
    private static string Saw((int StatusCode, string Body) answer) =>
        answer.StatusCode == 200 ? "200" : $"{answer.StatusCode} {answer.Body.Split('\n')[0].Split(' ')[^1]}";

    private static async Task<string> MetricsAsync(Pod pod) => (await pod.Kubelet.PageAsync(Pod.Address, AgentPort, "/metrics")).Body;

    private static string Reason(FaultRow row) => FaultPage.Saw(row.Name).Split(' ')[^1];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
