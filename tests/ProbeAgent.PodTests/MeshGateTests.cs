using System.Diagnostics;

namespace ProbeAgent.PodTests;

/// <summary>The gate: readiness waits for the sidecar, for so long and no longer; nothing else ever does.</summary>
public sealed class MeshGateTests(PodLab lab)
{
    private const int AgentPort = 15081;

    private const string Gated = """
        checks: [{name: app, maxAgeSeconds: 0, httpGet: {port: 80, path: /status}}]
        mesh: {kind: istio, gate: [readiness], gateDeadlineSeconds: 4}
        """;

    [Fact]
    public async Task Readiness_is_true_of_the_sidecar_until_the_deadline_and_liveness_knows_nothing_of_it()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.NoSidecar);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using (var sidecar = new StandIns(pod.Network, "istio", isReady: false))
        {
            await using var early = await pod.StartAgentWithDocumentAsync(Gated.Replace(": 4}", ": 3600}", StringComparison.Ordinal));
            Assert.Contains("the sidecar of the mesh \"istio\" is asked; readiness waits for the sidecar for at most 1 h 0 min", early.Output, StringComparison.Ordinal);
            foreach (var path in new[] { "/readyz", "/readyz/app", "/app-health/app/readyz" })
            {
                Assert.Equal("503 mesh_not_ready", await SeesAsync(pod, path));
            }

            foreach (var path in new[] { "/livez", "/startupz", "/app-health/app/livez", "/-/healthy", "/-/ready" })
            {
                Assert.Equal("200", await SeesAsync(pod, path));
            }

            sidecar.AnswerWith(SidecarAnswers.Of("istio"));
            await UntilAsync(pod, "200");
        }
    }

    [Fact]
    public async Task A_sidecar_that_dies_takes_readiness_with_it_until_the_deadline_and_then_a_warning_says_so()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.NoSidecar);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        var sidecar = new StandIns(pod.Network, "istio");
        await using var agent = await pod.StartAgentWithDocumentAsync(Gated);
        await UntilAsync(pod, "200");

        await sidecar.DisposeAsync();
        await UntilAsync(pod, "503 mesh_not_ready");
        Assert.Equal("200", await SeesAsync(pod, "/livez"));
        await UntilAsync(pod, "200");

        await agent.WaitForOutputAsync("Readiness goes on without the sidecar");
        Assert.Single(agent.Output.Split('\n'), line => line.Contains("Readiness goes on", StringComparison.Ordinal));
        Assert.Contains("warning: readiness goes on without the sidecar: the sidecar (istio) is not ready", pod.Status().Text, StringComparison.Ordinal);
        await using var back = new StandIns(pod.Network, "istio");
        await agent.WaitForOutputAsync("The sidecar (istio) is ready, after");
        Assert.DoesNotContain("goes on without", pod.Status().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_sidecar_readiness_waits_until_the_deadline_only()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.NoSidecar);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var agent = await pod.StartAgentWithDocumentAsync(Gated.Replace("kind: istio", "kind: auto", StringComparison.Ordinal));

        Assert.Equal("503 mesh_not_ready", await SeesAsync(pod, "/readyz"));
        Assert.Equal("200", await SeesAsync(pod, "/livez"));
        await UntilAsync(pod, "200");
        await agent.WaitForOutputAsync("Readiness goes on without the sidecar");
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")]
    public async Task A_sidecar_that_hangs_delays_no_probe(string answer)
    {
        await using var pod = await lab.StartPodAsync(MeshMode.NoSidecar);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var sidecar = new StandIn(pod.Network, 15021, _ => answer);
        await using var agent = await pod.StartAgentWithDocumentAsync(Gated.Replace(": 4}", ": 3600}", StringComparison.Ordinal));
        await SeesAsync(pod, "/readyz");

        for (var probe = 0; probe < 5; probe++)
        {
            var asked = Stopwatch.GetTimestamp();
            Assert.Equal("503 mesh_not_ready", await SeesAsync(pod, "/readyz"));
            Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromMilliseconds(900));
            Assert.Equal("200", await SeesAsync(pod, "/livez"));
        }
    }

    private static async Task<string> SeesAsync(Pod pod, string path) => (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, path)).Saw;

    private static async Task UntilAsync(Pod pod, string wanted)
    {
        using var deadline = new CancellationTokenSource(PodProcess.Patience);
        while (await SeesAsync(pod, "/readyz") != wanted)
        {
            await Task.Delay(20, deadline.Token);
        }
    }
}
