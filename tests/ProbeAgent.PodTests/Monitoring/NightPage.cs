using System.Text.RegularExpressions;
using ProbeAgent.Lab;

namespace ProbeAgent.PodTests.Monitoring;

/// <summary>The queries that <c>docs/metrics.md</c> has for whoever is on call.</summary>
internal static partial class NightPage
{
    /// <summary>Each of them, one a line.</summary>
    public static IReadOnlyList<string> Questions { get; } =
    [
        .. Block().Match(File.ReadAllText(Checkout.InRoot("docs/metrics.md"))).Groups["queries"].Value
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#')),
    ];

    /// <summary>The query with the threshold in seconds that it may end with shortened as the rules are: nobody is silent for two minutes here.</summary>
    public static string InHaste(string query) => Threshold().Replace(query, "> 2");

    [GeneratedRegex("(?ms)^```promql\n(?<queries>.*?)^```$", RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex("> 120$")]
    private static partial Regex Threshold();
}
