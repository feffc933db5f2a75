using System.Text.RegularExpressions;
using ProbeAgent.Lab;

namespace ProbeAgent.PodTests;

/// <summary>
/// The table of faults in <c>docs/troubleshooting.md</c>: what somebody reads there is what the agent says, so the tests take it at its word.
/// </summary>
internal static class FaultPage
{
    // The names of the columns, and the line below them.
    private const int Head = 2;

    private static readonly Dictionary<string, string[]> Rows = File.ReadLines(Checkout.InRoot("docs/troubleshooting.md"))
        .SkipWhile(line => line != "## What is wrong")
        .Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Select(line => line.Split(" | ", StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[0][2..], StringComparer.Ordinal);

    /// <summary>The faults that have a row.</summary>
    public static IEnumerable<string> Faults => Rows.Keys.Skip(Head);

    /// <summary>What a probe sees of a fault: <c>502 connection_refused</c>.</summary>
    public static string Saw(string fault) => Rows[fault][1].Replace("`", "", StringComparison.Ordinal);

    /// <summary>The sentence of the log for a fault; <c>…</c> stands for what differs from pod to pod.</summary>
    public static Regex Sentence(string fault) => new(
        string.Join(".*", Rows[fault][2].Split('…').Select(Regex.Escape)), RegexOptions.Singleline, TimeSpan.FromSeconds(1));
}
