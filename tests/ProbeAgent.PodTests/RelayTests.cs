using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.PodTests;

/// <summary>Prometheus under strict mTLS: the app's own metrics reach it through the agent's relay, and in no other way.</summary>
public sealed class RelayTests(PodLab lab)
{
    private const int AgentPort = 15081;

    private static readonly string ScrapeConfigurations = $$"""
        - job_name: direct
          static_configs: [{targets: ['{{Pod.Address}}:{{ServiceGo.Port}}']}]
        - job_name: relay
          metrics_path: /relay/app
          static_configs: [{targets: ['{{Pod.Address}}:{{AgentPort}}']}]
        - job_name: agent
          static_configs: [{targets: ['{{Pod.Address}}:{{AgentPort}}']}]
        """;

    [Fact]
    public async Task Prometheus_scrapes_the_app_under_strict_mTLS_through_the_relay_only()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.Strict, AgentPort);
        Needs.Programs("prometheus");
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var agent = await pod.StartAgentAsync(
            $":{ServiceGo.Port}/status", ("PROBEAGENT_METRICS_TARGET", $":{ServiceGo.Port}/metrics"));
        await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/livez");
        await using var prometheus = await Prometheus.StartAsync(
            pod.Node, lab.FolderForAll("prometheus"), ScrapeConfigurations);

        var relay = await prometheus.ValueAsync("up{job='relay'}");
        var direct = await prometheus.ValueAsync("up{job='direct'}");
        var agents = await prometheus.ValueAsync("up{job='agent'}");
        var apps = await prometheus.ValueAsync("service_go_status_requests_total");

        Assert.Equal("1", relay);
        Assert.Equal("0", direct);
        Assert.Equal("1", agents);
        // The one probe was one question to the app.
        Assert.Equal(1, double.Parse(apps, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_scrape_of_an_app_that_is_gone_says_so()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.Strict, AgentPort);
        await using var app = await pod.StartAppAsync(AppCondition.Killed);
        await using var agent = await pod.StartAgentAsync(
            $":{ServiceGo.Port}/status", ("PROBEAGENT_METRICS_TARGET", $":{ServiceGo.Port}/metrics"));

        var scrape = await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/relay/app");

        Assert.Equal("502", scrape.Saw);
    }
}
