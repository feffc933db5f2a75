using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests.Documents;

/// <summary>The metrics of several checks: each has its own series from the start, and its own counts.</summary>
public sealed class SeveralChecksMetricsTests
{
    private const string Document = """
        checks:
          - { name: web, httpGet: { port: $web }, timeoutSeconds: 3, maxAgeSeconds: 0 }
          - { name: cache, httpGet: { port: $cache }, probes: [readiness], maxAgeSeconds: 0 }
          - { name: db, tcpSocket: { port: $db }, timeoutSeconds: 10, maxAgeSeconds: 60 }
        """;

    private static readonly string[] Names = ["web", "cache", "db"];

    [Fact]
    public async Task Every_check_has_all_its_series_from_the_start()
    {
        await using var pod = await StartAsync();

        var scrape = await Scrape.OfAsync(pod.Agent);

        var first = SeriesOf(scrape, "web");
        Assert.Contains("probe_agent_attempt_failures_total{check=\"\",reason=\"tls_error\"}", first);
        Assert.Contains("probe_agent_shared_answers_total{check=\"\"}", first);
        Assert.All(Names, name => Assert.Equal(first, SeriesOf(scrape, name)));
        Assert.DoesNotContain(scrape.Series, series => series.StartsWith("probe_agent_check_up", StringComparison.Ordinal));
        Assert.Equal(3, scrape["probe_agent_check_timeout_seconds{check=\"web\"}"]);
        Assert.Equal(1, scrape["probe_agent_check_timeout_seconds{check=\"cache\"}"]);
        Assert.Equal(10, scrape["probe_agent_check_timeout_seconds{check=\"db\"}"]);
    }

    [Fact]
    public async Task Attempts_are_counted_for_the_check_that_made_them_and_probes_once_for_all()
    {
        await using var pod = await StartAsync();
        await pod.GetAsync("/readyz");
        pod["cache"].Script = AppScripts.Status(503);
        await pod.GetAsync("/livez");
        await pod.GetAsync("/readyz");
        await pod.GetAsync("/readyz?exclude=cache");
        await pod.GetAsync("/livez/web");

        var scrape = await Scrape.WhenAsync(pod.Agent, "probe_agent_probes_total{code=\"200\",probe=\"liveness\"}", 2);

        Assert.Equal((5, 0), (Attempts(scrape, "web", "success"), Attempts(scrape, "web", "failure")));
        Assert.Equal((1, 1), (Attempts(scrape, "cache", "success"), Attempts(scrape, "cache", "failure")));
        Assert.Equal((1, 0), (Attempts(scrape, "db", "success"), Attempts(scrape, "db", "failure")));
        Assert.Equal(3, scrape["probe_agent_shared_answers_total{check=\"db\"}"]);
        Assert.Equal(0, scrape["probe_agent_shared_answers_total{check=\"web\"}"]);
        Assert.Equal(1, scrape["probe_agent_attempt_failures_total{check=\"cache\",reason=\"bad_status\"}"]);
        Assert.Equal(1, scrape["probe_agent_probes_total{code=\"503\",probe=\"readiness\"}"]);
        Assert.Equal(2, scrape["probe_agent_probes_total{code=\"200\",probe=\"readiness\"}"]);
        Assert.Equal((1, 0, 1), (Up(scrape, "web"), Up(scrape, "cache"), Up(scrape, "db")));
        Assert.Equal(1, scrape["probe_agent_check_transitions_total{check=\"cache\",to=\"down\"}"]);
        Assert.Equal(0, scrape["probe_agent_check_transitions_total{check=\"web\",to=\"down\"}"]);
    }

    [Theory]
    [InlineData("/livez/nosuch")]
    [InlineData("/app-health/nosuch/livez")]
    [InlineData("/nosuch")]
    public async Task What_does_not_exist_is_counted_and_makes_no_series(string target)
    {
        await using var pod = await StartAsync();

        await pod.GetAsync(target);
        await pod.GetAsync(target);

        var scrape = await Scrape.WhenAsync(pod.Agent, "probe_agent_unknown_requests_total", 2);
        Assert.DoesNotContain("nosuch", scrape.Text, StringComparison.Ordinal);
    }

    private static Task<DocumentPod> StartAsync() => DocumentPod.StartAsync(Names, Document);

    private static double Attempts(Scrape scrape, string check, string result) =>
        scrape[$"probe_agent_attempts_total{{check=\"{check}\",result=\"{result}\"}}"];

    private static double Up(Scrape scrape, string check) => scrape[$"probe_agent_check_up{{check=\"{check}\"}}"];

    /// <summary>The series of one check, its name left out, in alphabetical order.</summary>
    private static string[] SeriesOf(Scrape scrape, string check) =>
        [.. scrape.Series.Where(series => series.Contains($"check=\"{check}\"", StringComparison.Ordinal))
            .Select(series => series.Replace($"check=\"{check}\"", "check=\"\"", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
}
