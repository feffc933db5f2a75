using System.Text.RegularExpressions;

namespace ProbeAgent.PodTests.Monitoring;

/// <summary>One query of a panel, with its variables filled in as Grafana does.</summary>
internal static partial class DashboardQuery
{
    // Grafana's is four scrape intervals at least.
    private const string RateInterval = "4s";

    private const string ShownRange = "60s";

    private static readonly Dictionary<string, string> Values = new()
    {
        ["__rate_interval"] = RateInterval,
        // A panel that counts has steps of two scrapes at least; twice as many are found on a busy machine, too.
        ["__interval"] = RateInterval,
        ["__range"] = ShownRange,
        // All of them, by the variable's own allValue.
        ["job"] = ".*",
        ["check"] = ".*",
        ["pod"] = TroubledFleet.Troubled,
    };

    /// <summary>
    /// The query of the fleet's board, which shows all namespaces, or of a pod's, which shows the one with most troubles; without the 0 that
    /// a panel shows where there is nothing, for that is found whatever is asked.
    /// </summary>
    public static string Fill(string query) => Variable().Replace(OrZero().Replace(query, ""), match => match.Groups["name"].Value is var name && name == "namespace"
        ? query.Contains("=~\"$namespace\"", StringComparison.Ordinal) ? ".*" : "shop"
        : Values.TryGetValue(name, out var value) ? value : throw new InvalidOperationException($"${name} is no variable of a board: {query}"));

    [GeneratedRegex(@" or vector\(0\)$")]
    private static partial Regex OrZero();

    [GeneratedRegex(@"\$(?<name>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
