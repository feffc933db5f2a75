using System.Text.RegularExpressions;
using ProbeAgent.Lab;

namespace ProbeAgent.ParityTests;

/// <summary>A row of the list of differences: in the cases that match, the kubelet says the one and the agent the other.</summary>
internal sealed record KnownDifference(string Cases, string Kubelet, string Agent);

/// <summary>
/// A row of the list of what an older Go's HTTP library sees otherwise than the kubelet's: from <c>SinceGo</c> on the
/// verdict in the cases that match is <c>Kubelet</c>, before it is another.
/// </summary>
internal sealed record KnownGoChange(string Cases, string Kubelet, Version SinceGo);

/// <summary>The two tables of <c>docs/kubelet-parity.md</c>.</summary>
internal sealed partial class KnownDifferences
{
    private const string Page = "docs/kubelet-parity.md";

    private KnownDifferences(IReadOnlyList<KnownDifference> differences, IReadOnlyList<KnownGoChange> goChanges)
    {
        Differences = differences;
        GoChanges = goChanges;
    }

    public IReadOnlyList<KnownDifference> Differences { get; }

    public IReadOnlyList<KnownGoChange> GoChanges { get; }

    public static KnownDifferences Read()
    {
        var differences = new List<KnownDifference>();
        var goChanges = new List<KnownGoChange>();
        string[] heading = [];
        foreach (var line in File.ReadLines(Checkout.InRoot(Page)))
        {
            if (!line.StartsWith('|'))
            {
                heading = [];
                continue;
            }

            string[] cells = [.. CellEnd().Split(line.Trim().Trim('|')).Select(Unquote)];
            Assert.True(cells.Length == 4 && cells[3].Length > 0, $"{Page}: four cells, the last with a reason: {line}");
            switch (heading)
            {
                case []:
                    heading = cells;
                    break;
                case ["case", "kubelet", "agent", "reason"] when cells[0].Trim('-').Length > 0:
                    differences.Add(new KnownDifference(cells[0], cells[1], cells[2]));
                    break;
                case ["case", "kubelet", "since Go", "reason"] when cells[0].Trim('-').Length > 0:
                    goChanges.Add(new KnownGoChange(cells[0], cells[1], Version.Parse(cells[2])));
                    break;
            }
        }

        return new KnownDifferences(differences, goChanges);
    }

    /// <summary>True where the case is one of those that the first cell of a row names; <c>*</c> stands for anything.</summary>
    public static bool Covers(string cases, string id) =>
        Regex.IsMatch(id, $"^{Regex.Escape(cases).Replace("\\*", ".*", StringComparison.Ordinal)}$");

    /// <summary>The row for a case, or null where it is to agree.</summary>
    public KnownDifference? For(string id) => Differences.FirstOrDefault(row => Covers(row.Cases, id));

    private static string Unquote(string cell) => cell.Trim().Trim('`').Replace("\\|", "|", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellEnd();
}
