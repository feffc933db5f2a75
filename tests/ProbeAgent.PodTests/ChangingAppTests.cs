namespace ProbeAgent.PodTests;

/// <summary>One agent through the whole life of its app: what it says is what is true now.</summary>
public sealed class ChangingAppTests(PodLab lab)
{
    private const int AgentPort = 15081;

    [Fact]
    public async Task The_agent_follows_its_app_into_every_illness_and_back()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.Strict, AgentPort);

        // No finished answer is shared, so that each step is seen at once.
        await using var agent = await pod.StartAgentAsync(":80/status", ("PROBEAGENT_MAX_AGE_SECONDS", "0"));
        Assert.Equal("502 connection_refused", await LivenessAsync(pod));

        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        Assert.Equal("200", await LivenessAsync(pod));

        await ServiceGo.ObeyAsync(app, "status 500");
        Assert.Equal("500 bad_status", await LivenessAsync(pod));

        await ServiceGo.ObeyAsync(app, "status 200");
        Assert.Equal("200", await LivenessAsync(pod));

        await app.FreezeAsync();
        Assert.Equal("504 response_timeout", await LivenessAsync(pod));

        app.Thaw();
        Assert.Equal("200", await LivenessAsync(pod));

        await app.KillAsync();
        Assert.Equal("502 connection_refused", await LivenessAsync(pod));

        await using var restarted = await pod.StartAppAsync(AppCondition.OnPodAddressOnly);
        Assert.Equal("200", await LivenessAsync(pod));
    }

    private static async Task<string> LivenessAsync(Pod pod) =>
        (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/livez")).Saw;
}
