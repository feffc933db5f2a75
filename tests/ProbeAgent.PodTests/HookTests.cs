namespace ProbeAgent.PodTests;

/// <summary>
/// A preStop hook under strict mTLS, called by the kubelet's own client, which looks at no status: what it takes for an error
/// directly it takes for one through the agent.
/// </summary>
public sealed class HookTests(PodLab lab)
{
    private const int AgentPort = 15081;
    private const string Hook = "/app-lifecycle/app/preStop?key=sesame";

    private static readonly string Document = $$"""
        checks:
        - name: app
          httpGet: {port: {{ServiceGo.Port}}, path: /status}
        hooks:
        - container: app
          hook: preStop
          key: sesame
          httpGet: {port: {{ServiceGo.Port}}, path: /shutdown}
        """;

    [Fact]
    public async Task Through_the_agent_a_hook_reaches_the_app_which_it_does_not_directly()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.Strict, AgentPort);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var agent = await pod.StartAgentWithDocumentAsync(Document);
        await using var kubelet = await pod.StartKubeletProberAsync();

        var direct = await kubelet.HookAsync(Pod.Address, ServiceGo.Port, "/shutdown");
        Assert.DoesNotContain("told to shut down", app.Output, StringComparison.Ordinal);
        var throughTheAgent = await kubelet.HookAsync(Pod.Address, AgentPort, Hook);

        Assert.Equal("failure", direct.Result);
        Assert.Equal("success", throughTheAgent.Result);
        await app.WaitForOutputAsync("told to shut down by kube-lifecycle/1.36");
    }

    [Theory]
    [InlineData(AppCondition.Healthy, "success")]
    [InlineData(AppCondition.Killed, "failure")]
    [InlineData(AppCondition.Frozen, "unended")]
    public async Task A_hook_ends_as_it_would_have_without_a_mesh(AppCondition condition, string result)
    {
        await using var pod = await lab.StartPodAsync(MeshMode.NoSidecar);
        await using var app = await pod.StartAppAsync(condition);
        await using var agent = await pod.StartAgentWithDocumentAsync(Document);
        await using var kubelet = await pod.StartKubeletProberAsync();

        var direct = kubelet.HookAsync(Pod.Address, ServiceGo.Port, "/shutdown");
        var throughTheAgent = kubelet.HookAsync(Pod.Address, AgentPort, Hook);

        Assert.Equal(result, (await direct).Result);
        Assert.Equal(result, (await throughTheAgent).Result);
    }

    [Theory]
    [InlineData(AppCondition.Killed, Hook)]
    [InlineData(AppCondition.Healthy, Hook + "2")]
    [InlineData(AppCondition.Healthy, "/app-lifecycle/app/postStart?key=sesame")]
    [InlineData(AppCondition.Healthy, "/app-lifecycle/other/preStop?key=sesame")]
    public async Task Under_strict_mTLS_a_hook_that_fails_is_an_error(AppCondition condition, string path)
    {
        await using var pod = await lab.StartPodAsync(MeshMode.Strict, AgentPort);
        await using var app = await pod.StartAppAsync(condition);
        await using var agent = await pod.StartAgentWithDocumentAsync(Document);
        await using var kubelet = await pod.StartKubeletProberAsync();

        var throughTheAgent = await kubelet.HookAsync(Pod.Address, AgentPort, path);

        Assert.Equal("failure", throughTheAgent.Result);
        Assert.DoesNotContain("told to shut down", app.Output, StringComparison.Ordinal);
    }
}
