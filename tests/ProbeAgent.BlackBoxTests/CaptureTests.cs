using System.Globalization;
using System.Net;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>A probe that came through the sidecar is told, with the agent's own port; what only looks like one is not.</summary>
public sealed class CaptureTests
{
    private const string Metric = "probe_agent_capture_suspected";

    [Theory]
    [InlineData("/livez", "x-envoy-attempt-count: 1")]
    [InlineData("/readyz/app", "X-Forwarded-Client-Cert: By=spiffe://cluster.local/ns/default")]
    [InlineData("/-/ready", "X-Envoy-Internal: true")]
    public async Task Envoys_headers_on_a_probe_of_the_kubelet_are_told_once(string target, string header)
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_DRAIN_SECONDS", "0"));
        await Scrape.WhenAsync(pod.Agent, Metric, 0);

        for (var probe = 0; probe < 3; probe++)
        {
            Assert.Equal(200, (await pod.GetAsync(target, Probe.KubeletUserAgent, header)).Code);
        }

        await Scrape.WhenAsync(pod.Agent, Metric, 1);
        AssertTold(await LineAsync(pod), target, pod.Agent.PublicPort);
    }

    [Fact]
    public async Task The_sidecars_address_is_told()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_DRAIN_SECONDS", "0"));

        using var connection = await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort, IPAddress.Parse("127.0.0.6"));
        await connection.SendAsync(Probe.Request("GET", "/livez", pod.Agent.PublicPort, Probe.KubeletUserAgent));
        Assert.Equal(200, (await connection.ReadAnswerAsync()).Code);

        await Scrape.WhenAsync(pod.Agent, Metric, 1);
        var line = await LineAsync(pod);
        AssertTold(line, "/livez", pod.Agent.PublicPort);
        Assert.Contains("is captured", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_looks_like_it_is_not_told()
    {
        const string Mark = "x-envoy-attempt-count: 1";
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_DRAIN_SECONDS", "0"));

        await pod.GetAsync("/livez", Probe.KubeletUserAgent, "X-Request-Id: 1", "X-Forwarded-For: 127.0.0.6");
        await pod.GetAsync("/livez", "User-Agent: curl/8.5.0", Mark);
        await pod.GetAsync("/livez", "User-Agent: kube-probe/1.36 (not)", Mark);
        await pod.GetAsync("/livez/nobody", Probe.KubeletUserAgent, Mark);
        await pod.GetAsync("/metrics", Probe.KubeletUserAgent, Mark);

        await Scrape.WhenAsync(pod.Agent, Metric, 0);
        Assert.DoesNotContain("annotation", await EndedAsync(pod), StringComparison.Ordinal);
    }

    private static void AssertTold(string line, string target, int port)
    {
        Assert.Contains($" warn The kubelet asked {target} through ", line, StringComparison.Ordinal);
        Assert.Contains(
            string.Create(
                CultureInfo.InvariantCulture,
                $"traffic.sidecar.istio.io/excludeInboundPorts: \"{port}\" and sidecar.istio.io/rewriteAppHTTPProbers: \"false\""),
            line,
            StringComparison.Ordinal);
    }

    private static async Task<string> LineAsync(Pod pod) =>
        Assert.Single((await EndedAsync(pod)).Split('\n'), line => line.Contains("annotation", StringComparison.Ordinal));

    /// <summary>Ends the agent, so that all it had to say is there.</summary>
    private static async Task<string> EndedAsync(Pod pod)
    {
        pod.Agent.Signal("TERM");
        await pod.Agent.WaitForExitAsync();
        return pod.Agent.Output;
    }
}
