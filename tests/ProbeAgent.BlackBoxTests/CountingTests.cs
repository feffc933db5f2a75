using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>Counts move by what happened, and by nothing else.</summary>
public sealed class CountingTests(PodFixture fixture) : IClassFixture<PodFixture>
{
    private Pod Pod => fixture.Pod;

    [Theory]
    [InlineData(200, "200", "success", null)]
    [InlineData(404, "4xx", "failure", "bad_status")]
    [InlineData(500, "5xx", "failure", "bad_status")]
    [InlineData(502, "502", "failure", "bad_status")]
    [InlineData(503, "503", "failure", "bad_status")]
    [InlineData(504, "504", "failure", "bad_status")]
    [InlineData(599, "5xx", "failure", "bad_status")]
    public Task One_probe_is_one_attempt_with_its_result_and_one_answer_with_its_code(
        int status, string code, string result, string? reason) =>
        AssertCountsAsync(AppScripts.Status(status), code, result, reason);

    [Fact]
    public Task Garbage_is_counted_by_its_reason() =>
        AssertCountsAsync(AppScripts.SendThenFinish("garbage\r\n\r\n"), "502", "failure", "protocol_error");

    [Fact]
    public Task Silence_is_counted_by_its_reason() => AssertCountsAsync(AppScripts.Silence, "504", "failure", "response_timeout");

    [Fact]
    public Task A_reset_after_a_byte_is_counted_by_its_reason() =>
        AssertCountsAsync(AppScripts.SendThenReset("H"), "502", "failure", "connection_reset");

    [Fact]
    public Task A_loop_of_redirects_is_counted_by_its_reason() =>
        AssertCountsAsync(AppScripts.Status(302, "Location: /status"), "502", "failure", "too_many_redirects");

    [Fact]
    public async Task Unknown_paths_checks_and_containers_are_counted()
    {
        var before = await Scrape.OfAsync(Pod.Agent);

        foreach (var target in new[] { "/nosuch", "/livez/nosuch", "/app-health/nosuch/livez" })
        {
            Assert.Equal(404, (await Pod.GetAsync(target)).Code);
        }

        var after = await Scrape.WhenAsync(
            Pod.Agent, "probe_agent_unknown_requests_total", before["probe_agent_unknown_requests_total"] + 3);
        Assert.Equal(Sum(before, "probe_agent_attempts_total"), Sum(after, "probe_agent_attempts_total"));
    }

    [Fact]
    public async Task A_transition_is_a_change_between_two_known_states()
    {
        const string Up = "probe_agent_check_transitions_total{check=\"app\",to=\"up\"}";
        const string Down = "probe_agent_check_transitions_total{check=\"app\",to=\"down\"}";
        const string State = "probe_agent_check_up{check=\"app\"}";
        await using var pod = await Pod.StartAsync(AppScripts.Status(500));

        await pod.GetAsync("/livez");
        var first = await Scrape.WhenAsync(pod.Agent, State, 0);
        pod.App.Script = AppScripts.Well;
        await pod.GetAsync("/livez");
        await pod.GetAsync("/readyz");
        var second = await Scrape.WhenAsync(pod.Agent, State, 1);
        pod.App.Script = AppScripts.Status(503);
        await pod.GetAsync("/livez");
        await pod.GetAsync("/livez");
        var third = await Scrape.WhenAsync(pod.Agent, State, 0);

        Assert.Equal((0, 0), (first[Up], first[Down]));
        Assert.Equal((1, 0), (second[Up], second[Down]));
        Assert.Equal((1, 1), (third[Up], third[Down]));
    }

    [Fact]
    public async Task A_shared_answer_is_no_attempt()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_MAX_AGE_SECONDS", "60"));

        for (var probe = 0; probe < 3; probe++)
        {
            await pod.GetAsync("/startupz");
        }

        var scrape = await Scrape.WhenAsync(pod.Agent, "probe_agent_probes_total{code=\"200\",probe=\"startup\"}", 3);
        Assert.Equal(1, scrape["probe_agent_attempts_total{check=\"app\",result=\"success\"}"]);
        Assert.Equal(2, scrape["probe_agent_shared_answers_total{check=\"app\"}"]);
        Assert.Equal(1, scrape["probe_agent_attempt_duration_seconds_count{check=\"app\"}"]);
    }

    private async Task AssertCountsAsync(AppScript script, string code, string result, string? reason)
    {
        Pod.App.Script = script;
        var before = await Scrape.OfAsync(Pod.Agent);
        var probes = $"probe_agent_probes_total{{code=\"{code}\",probe=\"liveness\"}}";
        var attempts = $"probe_agent_attempts_total{{check=\"app\",result=\"{result}\"}}";

        await Pod.GetAsync("/livez");

        var after = await Scrape.WhenAsync(Pod.Agent, probes, before[probes] + 1);
        Assert.Equal(before[attempts] + 1, after[attempts]);
        foreach (var (family, growth) in new[]
        {
            ("probe_agent_probes_total", 1),
            ("probe_agent_attempts_total", 1),
            ("probe_agent_attempt_duration_seconds_count", 1),
            ("probe_agent_attempt_failures_total", reason is null ? 0 : 1),
            ("probe_agent_shared_answers_total", 0),
            ("probe_agent_unknown_requests_total", 0),
            ("probe_agent_late_total", 0),
        })
        {
            Assert.Equal((family, Sum(before, family) + growth), (family, Sum(after, family)));
        }

        if (reason is not null)
        {
            var failures = $"probe_agent_attempt_failures_total{{check=\"app\",reason=\"{reason}\"}}";
            Assert.Equal(before[failures] + 1, after[failures]);
        }
    }

    private static double Sum(Scrape scrape, string family) =>
        scrape.Series.Where(series => series == family || series.StartsWith(family + "{", StringComparison.Ordinal)).Sum(series => scrape[series]);
}
