using System.Text;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Tests.Telemetry;

public sealed class RelayMetricsTests
{
    private readonly AgentMetrics metrics = new(AgentVersion.Current);

    [Theory]
    [InlineData(200, "200")]
    [InlineData(204, "200")]
    [InlineData(206, "200")]
    [InlineData(301, "3xx")]
    [InlineData(304, "3xx")]
    [InlineData(400, "4xx")]
    [InlineData(499, "4xx")]
    [InlineData(500, "5xx")]
    [InlineData(502, "502")]
    [InlineData(503, "503")]
    [InlineData(504, "504")]
    [InlineData(599, "5xx")]
    public async Task Answered_ByAnyCode_CountsInItsClass(int code, string label)
    {
        metrics.ForRelay("app").Answered(code);

        Assert.Equal([$"code=\"{label}\"}} 1"], (await SeriesAsync()).Where(line => line.EndsWith(" 1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Series_OfARelay_AreAllThereFromTheStart()
    {
        metrics.ForRelay("app");

        Assert.Equal(
            ["200", "3xx", "4xx", "502", "503", "504", "5xx"],
            (await SeriesAsync()).Select(line => line.Split('"')[1]).Order(StringComparer.Ordinal));
    }

    private async Task<IReadOnlyList<string>> SeriesAsync()
    {
        const string Series = "probe_agent_relay_requests_total{relay=\"app\",";
        var (page, _) = await metrics.Page.TakeAsync(null);
        return
        [
            .. Encoding.UTF8.GetString(page).Split('\n')
                .Where(line => line.StartsWith(Series, StringComparison.Ordinal))
                .Select(line => line[Series.Length..]),
        ];
    }
}
