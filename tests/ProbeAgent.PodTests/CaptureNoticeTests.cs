using ProbeAgent.Lab;

namespace ProbeAgent.PodTests;

/// <summary>The agent says when the sidecar has its probes, and with which annotations it would not; where all is well it says nothing.</summary>
public sealed class CaptureNoticeTests(PodLab lab)
{
    private const int AgentPort = 15081;
    private const string Path = "/app-health/app/livez";
    private const string Annotations =
        "traffic.sidecar.istio.io/excludeInboundPorts: \"15081\" and sidecar.istio.io/rewriteAppHTTPProbers: \"false\"";

    // The kubelet's shortest.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(MeshMode.MtlsOff)]
    [InlineData(MeshMode.Permissive)]
    public async Task A_port_that_is_not_excluded_is_told_at_the_first_probe_and_once(MeshMode mode)
    {
        await using var pod = await lab.StartPodAsync(mode);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var agent = await pod.StartAgentAsync(":80/status");
        Begin(pod);

        for (var probe = 0; probe < 3; probe++)
        {
            Assert.Equal("200", (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, Path)).Saw);
        }

        var line = await agent.WaitForOutputAsync("Istio's");
        Assert.Contains($" warn The kubelet asked {Path} through the sidecar", line, StringComparison.Ordinal);
        Assert.Contains("port 15081 is captured", line, StringComparison.Ordinal);
        AssertTold(pod, agent);
    }

    [Fact]
    public async Task Rewritten_probes_are_told()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.Strict, AgentPort);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var agent = await pod.StartAgentAsync(":80/status");
        Begin(pod);
        await using var prober = MeshProber.PilotAgent(pod.Network, AgentPort);

        for (var probe = 0; probe < 3; probe++)
        {
            Assert.Equal("200", (await pod.Kubelet.HttpGetAsync(Pod.Address, MeshProber.Port, Path)).Saw);
        }

        var line = await agent.WaitForOutputAsync("Istio's");
        Assert.Contains($" warn The sidecar asked {Path} in the kubelet's place", line, StringComparison.Ordinal);
        Assert.Contains("the mesh has rewritten the pod's probes", line, StringComparison.Ordinal);
        AssertTold(pod, agent);
    }

    [Fact]
    public async Task Probes_with_Envoys_headers_are_told()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.Strict, AgentPort);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var agent = await pod.StartAgentAsync(":80/status");
        Begin(pod);
        await using var prober = MeshProber.Envoy(pod.Network, AgentPort);

        Assert.Equal("200", (await pod.Kubelet.HttpGetAsync(Pod.Address, MeshProber.Port, "/-/healthy")).Saw);

        var line = await agent.WaitForOutputAsync("Istio's");
        Assert.Contains(" warn The kubelet asked /-/healthy through an Envoy", line, StringComparison.Ordinal);
        AssertTold(pod, agent);
    }

    /// <summary>Under strict mTLS nothing arrives, so only the change can be seen. It takes the half minute that silence has to last.</summary>
    [Fact]
    public async Task A_port_that_strict_mTLS_closes_is_told_and_so_is_its_end()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.Strict, AgentPort);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var agent = await pod.StartAgentAsync(":80/status");
        Begin(pod);
        using var seconds = new PeriodicTimer(Period);
        for (var probe = 0; probe < 3; probe++)
        {
            Assert.Equal("200", (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, Path)).Saw);
            await seconds.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        pod.Capture([]);
        for (var probe = 0; probe < 29; probe++)
        {
            Assert.Equal("reset", (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, Path)).Saw);
            await seconds.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        var line = await agent.WaitForOutputAsync("Istio's");
        Assert.Contains(" warn The kubelet has asked nothing for ", line, StringComparison.Ordinal);
        AssertTold(pod, agent);

        pod.Capture([AgentPort]);
        await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, Path);
        Assert.Contains(" info ", await agent.WaitForOutputAsync("The kubelet's probes come directly again"), StringComparison.Ordinal);
        Assert.Equal("0", Suspected(pod));
    }

    /// <summary>A slow start, port-forwards and exec in the kubelet's clothes, <c>check</c>, and a period longer than the silence would be.</summary>
    [Fact]
    public async Task Where_all_is_well_nothing_is_told()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.Strict, AgentPort);
        await using var agent = await pod.StartAgentAsync(":80/status", ("PROBEAGENT_MAX_AGE_SECONDS", "0"));
        Begin(pod);
        for (var probe = 0; probe < 3; probe++)
        {
            Assert.Equal("502 connection_refused", (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/startupz")).Saw);
        }

        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/startupz");
        using var seconds = new PeriodicTimer(Period);
        for (var second = 0; second < 45; second++)
        {
            if (second % 44 == 0)
            {
                Assert.Equal("200", (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, Path)).Saw);
            }

            if (second < 4)
            {
                Assert.Contains("[+]app ok", Curl(pod, $"http://127.0.0.1:{AgentPort}/livez?verbose"), StringComparison.Ordinal);
                Assert.Contains("[+]app ok", Curl(pod, $"http://{Pod.Address}:{AgentPort}/livez?verbose"), StringComparison.Ordinal);
                Check(pod);
            }

            await seconds.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("0", Suspected(pod));
        Assert.DoesNotContain("annotation", agent.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(" warn The ", agent.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("annotation", Curl(pod, "http://127.0.0.1:15082/status.json"), StringComparison.Ordinal);
    }

    // The first answer of all may take longer than the kubelet waits, where two cores have more to do than this test.
    private static void Begin(Pod pod)
    {
        Command.TryRun(PodProcess.Describe(pod.Network, ServiceGo.User, "curl", "-s", $"http://127.0.0.1:{AgentPort}/livez"));
        Assert.Equal("0", Suspected(pod));
    }

    private static void AssertTold(Pod pod, PodProcess agent)
    {
        var line = Assert.Single(agent.Output.Split('\n'), line => line.Contains("annotation", StringComparison.Ordinal));
        Assert.EndsWith(Annotations + " (Istio's; for other meshes see docs/mesh.md)", line, StringComparison.Ordinal);
        Assert.Equal("1", Suspected(pod));
        Assert.Contains("excludeInboundPorts", Curl(pod, "http://127.0.0.1:15082/status.json"), StringComparison.Ordinal);
    }

    private static string Suspected(Pod pod) => Assert.Single(
        Curl(pod, $"http://127.0.0.1:{AgentPort}/metrics").Split('\n'),
        line => line.StartsWith("probe_agent_capture_suspected ", StringComparison.Ordinal)).Split(' ')[1];

    private static string Curl(Pod pod, string url) =>
        Run(pod, "curl", "-fsS", "--max-time", "5", "-A", "kube-probe/1.36", url);

    private void Check(Pod pod) => Assert.Contains("app: ok", Run(pod, lab.AgentBinary, "check", "--target", ":80/status"), StringComparison.Ordinal);

    private static string Run(Pod pod, params string[] command)
    {
        var result = Command.TryRun(PodProcess.Describe(pod.Network, ServiceGo.User, command));
        Assert.True(result.ExitCode == 0, $"{command[0]}: exit {result.ExitCode}\n{result.Output}");
        return result.Output;
    }
}
