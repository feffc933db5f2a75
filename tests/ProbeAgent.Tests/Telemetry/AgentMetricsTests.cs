using System.Text;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Tests.Telemetry;

public sealed class AgentMetricsTests
{
    private readonly AgentMetrics metrics = new(AgentVersion.Current);

    [Fact]
    public async Task Series_WithOneCheckThatHasSeenEverything_AreAtMost120()
    {
        var check = metrics.ForCheck("app", TimeSpan.FromSeconds(1), ["bad_status"]);
        check.Attempt(Sample("success", null));
        foreach (var probe in new[] { "liveness", "readiness", "startup" })
        {
            metrics.KubeletAsked(probe, DateTimeOffset.UnixEpoch);
        }

        var lines = (await PageAsync(null)).Page.Split('\n').Where(line => line.Length > 0 && line[0] != '#');

        Assert.InRange(lines.Count(), 50, 120);
    }

    [Fact]
    public async Task LastAndUp_BeforeTheirFirstEvent_AreAbsent()
    {
        metrics.ForCheck("app", TimeSpan.FromSeconds(1), ["bad_status"]);

        var page = (await PageAsync(null)).Page;

        Assert.DoesNotContain("probe_agent_check_up{", page, StringComparison.Ordinal);
        Assert.DoesNotContain("_timestamp_seconds{", page, StringComparison.Ordinal);
        Assert.DoesNotContain("probe_agent_attempt_phase_seconds{", page, StringComparison.Ordinal);
        Assert.Contains("probe_agent_attempts_total{check=\"app\",result=\"failure\"} 0", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "200")]
    [InlineData(404, "4xx")]
    [InlineData(500, "5xx")]
    [InlineData(502, "502")]
    [InlineData(503, "503")]
    [InlineData(504, "504")]
    [InlineData(599, "5xx")]
    public async Task ProbeAnswered_CountsInItsClass(int code, string label)
    {
        metrics.ProbeAnswered("liveness", code);

        Assert.Contains($"probe_agent_probes_total{{probe=\"liveness\",code=\"{label}\"}} 1\n", (await PageAsync(null)).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Late_IsTheAgentsAloneAndNoFailureOfTheApp()
    {
        var check = metrics.ForCheck("app", TimeSpan.FromSeconds(1), ["bad_status"]);

        check.Attempt(Sample("failure", "agent_late"));

        var page = (await PageAsync(null)).Page;
        Assert.Contains("probe_agent_late_total 1\n", page, StringComparison.Ordinal);
        Assert.Contains("probe_agent_attempts_total{check=\"app\",result=\"failure\"} 0", page, StringComparison.Ordinal);
        Assert.DoesNotContain("probe_agent_check_up{", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "text/plain; version=0.0.4; charset=utf-8", false)]
    [InlineData("*/*", "text/plain; version=0.0.4; charset=utf-8", false)]
    [InlineData("application/openmetrics-text;q=0,text/plain", "text/plain; version=0.0.4; charset=utf-8", false)]
    [InlineData("text/plain;version=0.0.4;q=1,application/openmetrics-text;q=0.5", "text/plain; version=0.0.4; charset=utf-8", false)]
    [InlineData("not a type,,", "text/plain; version=0.0.4; charset=utf-8", false)]
    [InlineData("application/openmetrics-text;version=1.0.0,text/plain;q=0.5", "application/openmetrics-text; version=1.0.0; charset=utf-8", true)]
    public async Task Exposition_FollowsAccept(string? accept, string contentType, bool hasEnd)
    {
        var (page, type) = await PageAsync(accept);

        Assert.Equal(contentType, type);
        Assert.Equal(hasEnd, page.EndsWith("# EOF\n", StringComparison.Ordinal));
    }

    private static AttemptSample Sample(string result, string? reason) => new(
        result, reason, TimeSpan.FromMilliseconds(2),
        [("connect", TimeSpan.FromMilliseconds(1)), ("tls", TimeSpan.Zero), ("first_byte", TimeSpan.Zero), ("body", TimeSpan.Zero)],
        DateTimeOffset.UnixEpoch);

    private async Task<(string Page, string ContentType)> PageAsync(string? accept)
    {
        var (page, contentType) = await metrics.Page.TakeAsync(accept);
        return (Encoding.UTF8.GetString(page), contentType);
    }
}
