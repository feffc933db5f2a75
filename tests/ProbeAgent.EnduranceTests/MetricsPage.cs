using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>One reading of the agent's <c>/metrics</c>.</summary>
public sealed class MetricsPage
{
    private readonly string[] lines;

    private MetricsPage(string text) => lines = text.Split('\n');

    /// <summary>Reads them now.</summary>
    public static async Task<MetricsPage> OfAsync(AgentProcess agent)
    {
        using var client = new HttpClient { Timeout = AgentProcess.Patience };
        return new MetricsPage(await client.GetStringAsync(agent.Url("/metrics")));
    }

    /// <summary>The sum over all series of a family whose labels contain this text.</summary>
    public double Sum(string family, string label = "") =>
        lines.Where(line => line.StartsWith(family, StringComparison.Ordinal) && line[family.Length] is ' ' or '{')
            .Where(line => line.Contains(label, StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
