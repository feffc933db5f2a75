namespace ProbeAgent.PodTests;

/// <summary>The admin port is the pod's own: from another host nothing answers there, and nothing of it is elsewhere.</summary>
public sealed class AdminPortTests(PodLab lab)
{
    private const int AdminPort = 15082;
    private const int AgentPort = 15081;

    [Theory]
    [InlineData("/")]
    [InlineData("/status.json")]
    [InlineData("/config")]
    public async Task What_the_agent_knows_is_told_in_the_pod_and_nowhere_else(string path)
    {
        await using var pod = await lab.StartPodAsync(MeshMode.NoSidecar);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var agent = await pod.StartAgentAsync(":80/status");
        var inside = new Kubelet(pod.Network);

        Assert.Equal("200", (await inside.HttpGetAsync("127.0.0.1", AdminPort, path)).Saw);
        Assert.Equal("refused", (await inside.HttpGetAsync(Pod.Address, AdminPort, path)).Saw);
        Assert.Equal("refused", (await pod.Kubelet.HttpGetAsync(Pod.Address, AdminPort, path)).Saw);
        Assert.Equal("refused", (await pod.Kubelet.HttpGetAsync(Pod.IPv6Address, AdminPort, path)).Saw);
        Assert.Equal("404", (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, path)).Saw);
    }
}
