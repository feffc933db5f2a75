using System.Text.RegularExpressions;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary><c>docs/metrics.md</c> says what there is: each metric with its type and labels, and no other.</summary>
public sealed partial class MetricsPageTests
{
    private static readonly string[] Probes = ["/livez", "/readyz", "/startupz"];

    [Fact]
    public async Task The_table_is_what_the_agent_serves()
    {
        await using var pod = await RelayPod.StartAsync(AppScripts.Well);
        foreach (var target in Probes)
        {
            await pod.GetAsync(target, Probe.KubeletUserAgent);
        }

        await pod.GetAsync("/relay/app");
        var scrape = await Scrape.WhenAsync(pod.Agent, "probe_agent_probes_total{code=\"200\",probe=\"startup\"}", 1);

        var types = TypeLine().Matches(scrape.Text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        var served = types.Select(type => $"{type.Key} {type.Value} {string.Join(',', LabelsOf(type.Key, scrape))}");
        var documented = Rows().Select(row => $"{row.Name} {row.Type} {string.Join(',', row.Labels)}");
        Assert.Equal(documented.Order(StringComparer.Ordinal), served.Order(StringComparer.Ordinal));

        // With TLS there is a phase more, and no other series.
        Assert.InRange(scrape.Series.Count + 1, 1, 120);
    }

    [Fact]
    public async Task The_values_of_closed_lists_are_those_of_the_table()
    {
        await using var pod = await RelayPod.StartAsync(AppScripts.Well);
        await pod.GetAsync("/livez", Probe.KubeletUserAgent);
        var scrape = await Scrape.WhenAsync(pod.Agent, "probe_agent_probes_total{code=\"200\",probe=\"liveness\"}", 1);

        var lists = Rows().SelectMany(row => ClosedList().Matches(row.Cell).Select(list => (row.Name, Label: list.Groups[1].Value, Values: list.Groups[2].Value)));

        Assert.NotEmpty(lists);
        Assert.All(lists, list =>
        {
            var possible = list.Values.Split(',', StringSplitOptions.TrimEntries).ToHashSet();
            Assert.All(ValuesOf(list.Name, list.Label, scrape), value => Assert.Contains(value, possible));
        });
    }

    private static List<(string Name, string Type, List<string> Labels, string Cell)> Rows() =>
    [
        .. File.ReadLines(Checkout.InRoot("docs/metrics.md"))
            .TakeWhile(line => line != "## The webhook")
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 6 && cells[1].StartsWith('`'))
            .Select(cells => (cells[1].Trim('`'), cells[2], LabelInCell().Matches(cells[3]).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal).ToList(), cells[3])),
    ];

    private static IEnumerable<string> LabelsOf(string metric, Scrape scrape) => SeriesOf(metric, scrape)
        .SelectMany(series => Label().Matches(series).Select(match => match.Groups[1].Value))
        .Where(label => label != "le")
        .Distinct()
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> ValuesOf(string metric, string label, Scrape scrape) => SeriesOf(metric, scrape)
        .SelectMany(series => Label().Matches(series).Where(match => match.Groups[1].Value == label).Select(match => match.Groups[2].Value));

    private static IEnumerable<string> SeriesOf(string metric, Scrape scrape) =>
        scrape.Series.Where(series => series == metric || series.StartsWith(metric + "{", StringComparison.Ordinal)
            || series.StartsWith(metric + "_bucket{", StringComparison.Ordinal));

    [GeneratedRegex("^# TYPE ([a-z_]+) ([a-z]+)$", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex LabelInCell();

    [GeneratedRegex("`([a-z_]+)` = ([a-z0-9_, ]+)")]
    private static partial Regex ClosedList();

    [GeneratedRegex("([a-z_]+)=\"([^\"]*)\"")]
    private static partial Regex Label();
}
