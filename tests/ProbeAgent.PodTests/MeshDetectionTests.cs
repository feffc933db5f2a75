using System.Net;
using System.Net.Sockets;

namespace ProbeAgent.PodTests;

/// <summary>Which sidecar the agent finds beside it, in a pod whose ports are its own.</summary>
public sealed class MeshDetectionTests(PodLab lab)
{
    private const int AgentPort = 15081;

    private static readonly int[] MarkPorts = [15020, 4191, 9902];

    [Theory]
    [InlineData("istio", "istio")]
    [InlineData("linkerd", "linkerd")]
    [InlineData("kuma", "kuma")]
    [InlineData("kuma with a socket", "kuma")]
    public async Task A_sidecar_is_found_by_its_own_answers(string sidecar, string mesh)
    {
        await using var pod = await lab.StartPodAsync(MeshMode.NoSidecar);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var agent = await pod.StartAgentAsync(":80/status");
        Assert.Equal(["probe_agent_mesh_info{mesh=\"unknown\"} 1", "probe_agent_mesh_ready 0"], await SeriesAsync(pod));
        await using var standIns = new StandIns(pod.Network, sidecar);

        await agent.WaitForOutputAsync($"Found the sidecar of {mesh}: GET http://{Pod.Address}:");
        await agent.WaitForOutputAsync($"The sidecar ({mesh}) is ready: GET http://{Pod.Address}:");

        Assert.Equal([$"probe_agent_mesh_info{{mesh=\"{mesh}\"}} 1", "probe_agent_mesh_ready 1"], await SeriesAsync(pod));
        Assert.Equal("200", (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/readyz")).Saw);
    }

    [Fact]
    public async Task A_sidecar_that_comes_late_dies_and_comes_back_is_followed_with_one_line_for_each_change()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.NoSidecar);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var agent = await pod.StartAgentAsync(":80/status");
        await using (var late = new StandIns(pod.Network, "linkerd", isReady: false))
        {
            await agent.WaitForOutputAsync("The sidecar (linkerd) is not ready yet");
            late.AnswerWith(SidecarAnswers.Of("linkerd"));
            await agent.WaitForOutputAsync("The sidecar (linkerd) is ready, after");
        }

        await agent.WaitForOutputAsync("The sidecar (linkerd) is no longer ready");
        Assert.Equal(["probe_agent_mesh_info{mesh=\"linkerd\"} 1", "probe_agent_mesh_ready 0"], await SeriesAsync(pod));
        Assert.Equal("200", (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/readyz")).Saw);
        Assert.Equal(4, agent.Output.Split('\n').Count(line => line.Contains("sidecar", StringComparison.Ordinal)));
        await using var back = new StandIns(pod.Network, "linkerd");
        await back.Mark.VisitedAsync(1);

        using var deadline = new CancellationTokenSource(PodProcess.Patience);
        while ((await SeriesAsync(pod))[1] != "probe_agent_mesh_ready 1")
        {
            await Task.Delay(20, deadline.Token);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("")]
    public async Task Who_only_looks_like_a_sidecar_is_none_and_no_probe_is_later_for_it(string answer)
    {
        await using var pod = await lab.StartPodAsync(MeshMode.NoSidecar);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        var standIns = MarkPorts.Select(port => new StandIn(pod.Network, port, _ => answer)).ToList();
        await using var agent = await pod.StartAgentAsync(":80/status");

        foreach (var standIn in standIns)
        {
            await standIn.VisitedAsync(2);
            Assert.Equal("200", (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/readyz")).Saw);
            Assert.Equal("200", (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/livez")).Saw);
        }

        Assert.Equal(["probe_agent_mesh_info{mesh=\"unknown\"} 1", "probe_agent_mesh_ready 0"], await SeriesAsync(pod));
        Assert.DoesNotContain("sidecar", agent.Output, StringComparison.Ordinal);
        foreach (var standIn in standIns)
        {
            await standIn.DisposeAsync();
        }
    }

    [Fact]
    public async Task At_a_port_of_the_users_nobody_is_looked_for()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.NoSidecar);
        await using var istio = new StandIns(pod.Network, "istio");
        await using var linkerd = new StandIns(pod.Network, "linkerd");
        await using var nobody = new StandIn(pod.Network, 9902, _ => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        await using var agent = await pod.StartAgentWithDocumentAsync("""
            checks: [{name: app, httpGet: {port: 15021, path: /status}}]
            relays: [{name: app, target: ':4191/metrics'}]
            """);

        await nobody.VisitedAsync(3);

        Assert.Equal((0, 0, 0), (istio.Mark.Connections, istio.Ready.Connections, linkerd.Mark.Connections));
    }

    [Theory]
    [InlineData("hooks: [{container: app, hook: preStop, key: 0123456789abcdef, httpGet: {port: 15020, path: /stop}}]", "")]
    [InlineData("mesh: {kind: none}", "")]
    [InlineData("", "check")]
    [InlineData("mesh: {kind: istio, gate: [readiness]}", "check")]
    [InlineData("mesh: {kind: istio, gate: [readiness]}", "validate")]
    public async Task Who_is_not_to_be_asked_is_not(string more, string command)
    {
        await using var pod = await lab.StartPodAsync(MeshMode.NoSidecar);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var istio = new StandIns(pod.Network, "istio");
        await using var nobody = new StandIn(pod.Network, 9902, _ => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        var document = $"checks: [{{name: app, httpGet: {{port: 80, path: /status}}}}]\n{more}";

        if (command.Length > 0)
        {
            Assert.Equal(0, pod.RunAgent(document, command).ExitCode);
        }
        else
        {
            await using var agent = await pod.StartAgentWithDocumentAsync(document);

            // Where nobody is looked for there is nothing to wait for but the time of the first look.
            await (more.StartsWith("mesh", StringComparison.Ordinal) ? Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken) : nobody.VisitedAsync(2));
        }

        Assert.Equal((0, 0), (istio.Mark.Connections, istio.Ready.Connections));
    }

    [Fact]
    public async Task An_agent_that_runs_as_the_proxys_user_starts_and_says_what_to_do()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.NoSidecar);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var agent = await pod.StartAgentAsync(":80/status", user: 1337);

        var line = await agent.WaitForOutputAsync("uid 1337");

        Assert.Contains("Istio takes that for its own proxy", line, StringComparison.Ordinal);
        Assert.Contains("runAsUser: 65532", line, StringComparison.Ordinal);
        Assert.Equal("200", (await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/livez")).Saw);
    }

    private static async Task<string[]> SeriesAsync(Pod pod)
    {
        using var socket = pod.Node.OpenSocket(AddressFamily.InterNetwork);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(Pod.Address), AgentPort));
        await using var stream = new NetworkStream(socket);
        var page = await RawHttp.GetAsync(stream, $"{Pod.Address}:{AgentPort}", "/metrics", CancellationToken.None);
        return [.. page.Body.Split('\n').Where(line => line.StartsWith("probe_agent_mesh_", StringComparison.Ordinal))];
    }
}
