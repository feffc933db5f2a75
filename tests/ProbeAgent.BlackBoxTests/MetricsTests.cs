using System.Diagnostics;
using System.Text.RegularExpressions;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>The metrics: which there are, from when, in which form, and that they count what happened.</summary>
public sealed partial class MetricsTests
{
    private static readonly string[] Probes = ["liveness", "readiness", "startup"];
    private static readonly string[] Codes = ["200", "4xx", "502", "503", "504", "5xx"];

    private static readonly string[] Reasons =
    [
        "connection_refused", "connection_reset", "connect_timeout", "response_timeout", "body_timeout", "tls_error", "protocol_error",
        "bad_status", "too_many_redirects", "grpc_not_serving", "grpc_unknown_service", "internal_error",
    ];

    private static readonly string[] Buckets = ["0.001", "0.005", "0.025", "0.1", "0.25", "0.5", "1", "5", "+Inf"];

    private static readonly string[] FromTheStart =
    [
        "probe_agent_check_timeout_seconds{check=\"app\"}",
        "probe_agent_check_transitions_total{check=\"app\",to=\"up\"}",
        "probe_agent_check_transitions_total{check=\"app\",to=\"down\"}",
        .. new[] { "success", "warning", "failure" }.Select(result => $"probe_agent_attempts_total{{check=\"app\",result=\"{result}\"}}"),
        .. Reasons.Select(reason => $"probe_agent_attempt_failures_total{{check=\"app\",reason=\"{reason}\"}}"),
        .. Buckets.Select(bucket => $"probe_agent_attempt_duration_seconds_bucket{{check=\"app\",le=\"{bucket}\"}}"),
        "probe_agent_attempt_duration_seconds_sum{check=\"app\"}",
        "probe_agent_attempt_duration_seconds_count{check=\"app\"}",
        "probe_agent_shared_answers_total{check=\"app\"}",
        .. Probes.SelectMany(probe => Codes.Select(code => $"probe_agent_probes_total{{code=\"{code}\",probe=\"{probe}\"}}")),
        "probe_agent_unknown_requests_total",
        "probe_agent_connections",
        .. new[] { "limit", "source_limit", "evicted" }.Select(reason => $"probe_agent_connections_rejected_total{{reason=\"{reason}\"}}"),
        "probe_agent_late_total",
        "probe_agent_mesh_info{mesh=\"unknown\"}",
        "probe_agent_mesh_ready",
        "probe_agent_capture_suspected",
    ];

    private static readonly string[] FromTheFirstEvent =
    [
        "probe_agent_check_up{check=\"app\"}",
        "probe_agent_check_last_success_timestamp_seconds{check=\"app\"}",
        "probe_agent_last_probe_timestamp_seconds{probe=\"liveness\"}",
        "probe_agent_attempt_phase_seconds{check=\"app\",phase=\"connect\"}",
        "probe_agent_attempt_phase_seconds{check=\"app\",phase=\"first_byte\"}",
        "probe_agent_attempt_phase_seconds{check=\"app\",phase=\"body\"}",
    ];

    [Fact]
    public async Task Every_series_exists_from_the_start_but_those_that_wait_for_their_first_event()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        var scrape = await Scrape.OfAsync(pod.Agent);

        Assert.All(FromTheStart, series => Assert.Contains(series, scrape.Series));
        Assert.All(FromTheStart.Where(series => series.Contains("_total", StringComparison.Ordinal)), series => Assert.Equal(0, scrape[series]));
        Assert.All(FromTheFirstEvent, series => Assert.DoesNotContain(series, scrape.Series));
        Assert.Equal(1, scrape["probe_agent_check_timeout_seconds{check=\"app\"}"]);
        Assert.Equal(1, scrape["probe_agent_connections"]);
        var build = Assert.Single(scrape.Series, series => series.StartsWith("probe_agent_build_info{", StringComparison.Ordinal));
        Assert.Matches("^probe_agent_build_info\\{revision=\"[^\"]*\",version=\"[0-9][^\"]*\"\\}$", build);
        Assert.Equal(1, scrape[build]);
    }

    [Fact]
    public async Task The_first_probe_of_the_kubelet_brings_the_rest_and_all_of_it_stays_below_120_series()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        foreach (var target in new[] { "/livez", "/readyz", "/startupz" })
        {
            await pod.GetAsync(target, Probe.KubeletUserAgent);
        }

        var scrape = await Scrape.WhenAsync(pod.Agent, "probe_agent_probes_total{code=\"200\",probe=\"startup\"}", 1);

        Assert.All(FromTheFirstEvent, series => Assert.Contains(series, scrape.Series));
        Assert.InRange(scrape.Series.Count, 1, 120);
        Assert.Equal(1, scrape["probe_agent_check_up{check=\"app\"}"]);
        var now = DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(scrape["probe_agent_check_last_success_timestamp_seconds{check=\"app\"}"]);
        Assert.InRange(TimeProvider.System.GetUtcNow() - now, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Only_the_kubelets_probes_set_the_time_of_the_last_probe()
    {
        const string Readiness = "probe_agent_last_probe_timestamp_seconds{probe=\"readiness\"}";
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        await pod.GetAsync("/readyz", "User-Agent: curl/8.5.0");
        await pod.GetAsync("/livez", Probe.KubeletUserAgent);

        var scrape = await Scrape.WhenAsync(pod.Agent, "probe_agent_probes_total{code=\"200\",probe=\"liveness\"}", 1);
        Assert.Contains("probe_agent_last_probe_timestamp_seconds{probe=\"liveness\"}", scrape.Series);
        Assert.DoesNotContain(Readiness, scrape.Series);
    }

    [Fact]
    public async Task Process_metrics_have_the_names_of_the_client_guidelines()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        var scrape = await Scrape.OfAsync(pod.Agent);

        Assert.InRange(scrape["process_resident_memory_bytes"], 1 << 20, 1 << 30);
        Assert.InRange(scrape["process_open_fds"], 3, 1000);
        Assert.InRange(scrape["process_cpu_seconds_total"], 0, 60);
        Assert.InRange(scrape["process_start_time_seconds"], 1_600_000_000, 1e11);
        Assert.Contains(scrape.Series, series => series.StartsWith("dotnet_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Promtool_has_nothing_to_say()
    {
        Needs.Programs("promtool");
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        await pod.GetAsync("/livez", Probe.KubeletUserAgent);
        var text = (await Scrape.WhenAsync(pod.Agent, "probe_agent_probes_total{code=\"200\",probe=\"liveness\"}", 1)).Text;

        var start = Command.Describe("promtool", ["check", "metrics"]);
        start.RedirectStandardInput = true;
        using var promtool = Process.Start(start)!;
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        var said = await promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
            + await promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (promtool.ExitCode, said));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Accept: */*")]
    [InlineData("Accept: text/plain")]
    [InlineData("Accept: text/plain;version=0.0.4")]
    [InlineData("Accept: application/json")]
    public async Task Prometheus_text_is_served_where_nothing_else_is_asked_for(string accept)
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        var answer = await pod.GetAsync("/metrics", accept.Length == 0 ? [] : [accept]);

        Assert.Equal(200, answer.Code);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal(("no-store", "nosniff"), (answer.Header("Cache-Control"), answer.Header("X-Content-Type-Options")));
        Assert.Contains("# TYPE probe_agent_attempts_total counter\n", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("# EOF", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Accept: application/openmetrics-text")]
    [InlineData("Accept: application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1")]
    public async Task OpenMetrics_is_served_where_Prometheus_asks_for_it(string accept)
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        var answer = await pod.GetAsync("/metrics", accept);

        Assert.Equal(200, answer.Code);
        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", answer.Header("Content-Type"));
        Assert.Contains("# TYPE probe_agent_attempts counter\n", answer.Body, StringComparison.Ordinal);
        Assert.EndsWith("# EOF\n", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_family_has_a_help_line()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        var text = (await Scrape.OfAsync(pod.Agent)).Text;

        var helped = HelpLine().Matches(text).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.All(TypeLine().Matches(text), match => Assert.Contains(match.Groups[1].Value, helped));
    }

    [GeneratedRegex("^# HELP ([a-z_]+) .+$", RegexOptions.Multiline)]
    private static partial Regex HelpLine();

    [GeneratedRegex("^# TYPE ([a-z_]+) .+$", RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}
