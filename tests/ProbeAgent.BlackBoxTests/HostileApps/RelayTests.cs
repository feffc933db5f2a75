using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests.HostileApps;

/// <summary>The same apps behind a relay: what is not whole never looks whole, and the agent does not grow.</summary>
[Collection("alone")]
public sealed class RelayTests(HostilePod pod) : IClassFixture<HostilePod>
{
    private const string Scraper = "X-Prometheus-Scrape-Timeout-Seconds: 1";

    /// <summary>What the app does.</summary>
    public static TheoryData<string> Names { get; } = new(HttpRows.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_is_a_whole_200_only_where_the_app(string name)
    {
        var row = HttpRows.All[name];

        var reading = await ReadAsync(row);

        var isWhole = !reading.WasReset && reading.Text.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
        Assert.Equal(row.Reason is null, isWhole);
        Assert.InRange(reading.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("sends 50 MB by their length")]
    [InlineData("sends 50 MB in chunks")]
    [InlineData("sends 50 MB until its end")]
    public async Task A_long_page_comes_to_its_end_where_the_app(string name)
    {
        var reading = await ReadAsync(HttpRows.All[name]);

        Assert.False(reading.WasReset);
        Assert.Equal(50_000_000, reading.Text.Count(character => character == '\0'));
    }

    private async Task<RelayReading> ReadAsync(HostileRow row)
    {
        var answer = row.Answer(pod);
        pod.Plain.AnswerWith(_ => answer);
        var reading = await RelayReading.OfAsync(pod.Agent, Probe.Request("GET", "/relay/app", pod.Agent.PublicPort, Scraper));
        pod.AssertUnmoved();
        return reading;
    }
}
