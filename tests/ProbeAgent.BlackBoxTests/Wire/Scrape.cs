using System.Diagnostics;
using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Wire;

/// <summary>One reading of <c>/metrics</c>; a series is named as Prometheus writes it, its labels in alphabetical order.</summary>
public sealed class Scrape
{
    private readonly Dictionary<string, double> values;

    private Scrape(string text)
    {
        Text = text;
        values = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => (Series: line[..line.LastIndexOf(' ')], Value: line[(line.LastIndexOf(' ') + 1)..]))
            .ToDictionary(sample => Sorted(sample.Series), sample => double.Parse(sample.Value, CultureInfo.InvariantCulture));
    }

    /// <summary>What was served, as it is.</summary>
    public string Text { get; }

    /// <summary>The names of all series.</summary>
    public IReadOnlyCollection<string> Series => values.Keys;

    /// <summary>The value of a series; fails with all that there are where it is not there.</summary>
    public double this[string series] => values.TryGetValue(series, out var value)
        ? value
        : throw new InvalidOperationException($"No series {series} in:\n{Text}");

    /// <summary>Reads the metrics once, as Prometheus text.</summary>
    public static async Task<Scrape> OfAsync(AgentProcess agent) => new((await Probe.GetAsync(agent, "/metrics")).Body);

    /// <summary>
    /// Waits until a series has this value. A count is made after its answer has gone out, so a reading at once could be too early.
    /// </summary>
    public static async Task<Scrape> WhenAsync(AgentProcess agent, string series, double value)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var scrape = await OfAsync(agent);
            if (scrape.values.TryGetValue(series, out var now) && now.Equals(value))
            {
                return scrape;
            }

            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(5))
            {
                throw new TimeoutException($"{series} did not become {value}:\n{scrape.Text}");
            }
        }
    }

    private static string Sorted(string series)
    {
        var brace = series.IndexOf('{', StringComparison.Ordinal);
        if (brace < 0)
        {
            return series;
        }

        // No label value of ours has a comma in it.
        var labels = series[(brace + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
        return $"{series[..brace]}{{{string.Join(',', labels)}}}";
    }
}
