using System.Diagnostics;
using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.PodTests.Monitoring;

/// <summary>
/// A real Prometheus takes every sample of the agent and of the app behind it, under strict mTLS, in both of its formats. It asks for
/// OpenMetrics itself; a proxy that changes its Accept makes it a Prometheus that only knows the text.
/// </summary>
public sealed class ScrapeTests(PodLab lab)
{
    private const int AgentPort = 15081;
    private const int TextPort = 9101;

    private static readonly string[] Refusals =
    [
        "prometheus_target_scrapes_sample_out_of_order_total",
        "prometheus_target_scrapes_sample_duplicate_timestamp_total",
        "prometheus_target_scrapes_sample_out_of_bounds_total",
        "prometheus_target_scrapes_exceeded_sample_limit_total",
        "prometheus_target_scrapes_exceeded_body_size_limit_total",
    ];

    private static readonly string Scrapes = $$"""
        - job_name: openmetrics
          static_configs: [{targets: ['{{Pod.Address}}:{{AgentPort}}']}]
        - job_name: text
          static_configs: [{targets: ['127.0.0.1:{{TextPort}}']}]
        - job_name: app
          metrics_path: /relay/app
          static_configs: [{targets: ['{{Pod.Address}}:{{AgentPort}}']}]
        - job_name: prometheus
          static_configs: [{targets: ['127.0.0.1:{{Prometheus.Port}}']}]
        """;

    [Fact]
    public async Task Prometheus_refuses_no_sample_in_either_format()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.Strict, AgentPort);
        Needs.Programs("prometheus");
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);
        await using var agent = await pod.StartAgentAsync($":{ServiceGo.Port}/status", ("PROBEAGENT_METRICS_TARGET", $":{ServiceGo.Port}/metrics"));
        await using var text = await StartTextOnlyAsync(pod);
        await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/livez");
        await using var prometheus = await Prometheus.StartAsync(pod.Node, lab.FolderForAll("scrapes"), Scrapes);

        // A sample that comes a second time, or out of order, shows at the second scrape and not before.
        foreach (var job in new[] { "openmetrics", "text", "app" })
        {
            await prometheus.WhenFoundAsync($"count_over_time(up{{job='{job}'}}[1m]) >= 3 and min_over_time(up{{job='{job}'}}[1m]) == 1", PodProcess.Patience);
            await prometheus.WhenFoundAsync(
                $"scrape_samples_scraped{{job='{job}'}} > 0 and scrape_samples_scraped == scrape_samples_post_metric_relabeling", PodProcess.Patience);
        }

        // Its own counters as they are after all that.
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await prometheus.WhenFoundAsync(string.Create(CultureInfo.InvariantCulture, $"timestamp(up{{job='prometheus'}}) > {now}"), PodProcess.Patience);
        foreach (var refusal in Refusals)
        {
            Assert.Equal("0", await prometheus.ValueAsync(refusal));
        }

        var cancellationToken = TestContext.Current.CancellationToken;
        // In OpenMetrics the family of a counter has the name without _total.
        Assert.Contains("probe_agent_late", await prometheus.FamiliesAsync("openmetrics", cancellationToken));
        Assert.Contains("probe_agent_late_total", await prometheus.FamiliesAsync("text", cancellationToken));
        Assert.Equal(await SeriesAsync(prometheus, "openmetrics"), await SeriesAsync(prometheus, "text"));
        Assert.Equal("0", await prometheus.ValueAsync("sum(count by (__name__) ({job='app', __name__=~'probe_agent_.*'})) or vector(0)"));
        Assert.Equal("1", await prometheus.ValueAsync("service_go_status_requests_total{job='app'}"));
    }

    [Fact]
    public async Task The_page_of_a_pod_has_nothing_that_promtool_objects_to()
    {
        await using var pod = await lab.StartPodAsync(MeshMode.Strict, AgentPort);
        Needs.Programs("promtool");
        await using var agent = await pod.StartAgentAsync($":{ServiceGo.Port}/status", ("PROBEAGENT_METRICS_TARGET", $":{ServiceGo.Port}/metrics"));
        await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/livez");
        await pod.Kubelet.HttpGetAsync(Pod.Address, AgentPort, "/relay/app");
        var (_, page) = await pod.Kubelet.PageAsync(Pod.Address, AgentPort, "/metrics");

        Assert.Contains("probe_agent_attempt_failures_total{check=\"app\",reason=\"connection_refused\"} 1", page, StringComparison.Ordinal);
        Assert.Equal((0, ""), await JudgeAsync(page));
    }

    // The names of the families, and how many series each has.
    private static async Task<IEnumerable<string>> SeriesAsync(Prometheus prometheus, string job) =>
        (await prometheus.QueryAsync($"count by (__name__) ({{job='{job}', __name__=~'(probe_agent|process|dotnet)_.*'}})", TestContext.Current.CancellationToken))
            .Select(series => $"{series.GetProperty("metric").GetProperty("__name__")} {series.GetProperty("value")[1]}")
            .Order(StringComparer.Ordinal);

    private async Task<PodProcess> StartTextOnlyAsync(Pod pod)
    {
        var file = lab.File("text-only.haproxy.cfg");
        await File.WriteAllTextAsync(file, $"""
            defaults
              mode http
              timeout connect 1s
              timeout client 10s
              timeout server 10s

            listen text
              bind 127.0.0.1:{TextPort}
              http-request set-header Accept text/plain;version=0.0.4
              server agent {Pod.Address}:{AgentPort}

            """);
        return await PodProcess.StartAsync(PodProcess.Describe(pod.Node, ServiceGo.User, "haproxy", "-W", "-db", "-f", file), "Loading success");
    }

    private static async Task<(int ExitCode, string Said)> JudgeAsync(string page)
    {
        var start = Command.Describe("promtool", ["check", "metrics"]);
        start.RedirectStandardInput = true;
        using var promtool = Process.Start(start)!;
        await promtool.StandardInput.WriteAsync(page);
        promtool.StandardInput.Close();
        var said = await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();
        return (promtool.ExitCode, said);
    }
}
