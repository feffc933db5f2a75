using System.Net;
using System.Net.Sockets;

namespace ProbeAgent.PodTests;

/// <summary>
/// What the agent's port needs of the pod's network, and what the pod's network may do to its questions.
/// </summary>
public sealed class CaptureTests(PodLab lab)
{
    private const int AgentPort = 15081;

    // Nobody listens on it, and the pod's clients get their ports from here.
    private const int FirstClientPort = 40_000;

    [Fact]
    public async Task The_agents_port_works_under_strict_mTLS_only_where_it_is_excluded_from_capture()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.Strict);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var agent = await pod.StartAgentAsync(":80/status");

        var captured = await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/livez");
        pod.Capture([AgentPort]);
        var excluded = await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/livez");

        Assert.Equal("reset", captured.Saw);
        Assert.Equal("200", excluded.Saw);
    }

    [Fact]
    public async Task A_node_that_probes_over_IPv6_gets_the_truth_under_strict_mTLS()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.Strict, AgentPort);

        // The app starts within the tenth of a second for which an answer may be shared: here none is.
        await using var agent = await pod.StartAgentAsync(":80/status", ("PROBEAGENT_MAX_AGE_SECONDS", "0"));

        var withoutApp = await pod.Kubelet.HttpGetAsync(Pod.IPv6Address, AgentPort, "/livez");
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        var direct = await pod.Kubelet.HttpGetAsync(Pod.IPv6Address, ServiceGo.Port, "/status");
        var throughTheAgent = await pod.Kubelet.HttpGetAsync(Pod.IPv6Address, AgentPort, "/readyz");

        Assert.Equal("502 connection_refused", withoutApp.Saw);
        Assert.False(direct.Succeeded, "The lab is wrong: IPv6 is not captured.");
        Assert.Equal("200", throughTheAgent.Saw);
    }

    /// <summary>
    /// A client may be given the very port that it connects to as its own; then TCP connects it to itself, and a port
    /// on which nobody listens looks open.
    /// </summary>
    [Theory]
    [InlineData("tcp://:40000")]
    [InlineData(":40000/status")]
    public async Task A_connection_to_oneself_is_no_sign_of_life(string target)
    {
        await using var pod = await lab.StartPodAsync(MeshMode.NoSidecar);
        pod.Network.Sysctl($"net.ipv4.ip_local_port_range={FirstClientPort} {FirstClientPort + 1}");
        await AssertClientsConnectToThemselvesAsync(pod.Network);
        await using var agent = await pod.StartAgentAsync(target);

        for (var probe = 0; probe < 5; probe++)
        {
            var result = await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/livez");

            Assert.Equal("502 connection_refused", result.Saw);
        }
    }

    private static async Task AssertClientsConnectToThemselvesAsync(NetworkNamespace pod)
    {
        using var socket = pod.OpenSocket(AddressFamily.InterNetwork);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, FirstClientPort));

        Assert.True(Equals(socket.LocalEndPoint, socket.RemoteEndPoint), "The lab is wrong: somebody listens there.");

        // Closed by a reset: a TIME_WAIT would keep the port from the agent.
        socket.LingerState = new LingerOption(true, 0);
    }
}
