using System.Text.RegularExpressions;
using ProbeAgent.Lab;

namespace ProbeAgent.ParityTests;

/// <summary>
/// A row of a table: which cases, what one side says of them and what the other. <c>Cases</c> are ids, separated by spaces,
/// in which <c>*</c> stands for anything.
/// </summary>
internal sealed record KnownDifference(string Cases, string One, string Other)
{
    private readonly Regex[] patterns = [.. Cases.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Pattern)];

    /// <summary>True where the case is one of those of the row.</summary>
    public bool Covers(string id) => Array.Exists(patterns, pattern => pattern.IsMatch(id));

    /// <summary>The parts of the first cell that cover none of the ids.</summary>
    public IEnumerable<string> WithoutACase(IReadOnlyCollection<string> ids) =>
        patterns.Where(pattern => !ids.Any(pattern.IsMatch)).Select(pattern => pattern.ToString());

    private static Regex Pattern(string cases) => new($"^{Regex.Escape(cases).Replace("\\*", ".*", StringComparison.Ordinal)}$");
}

/// <summary>The tables of <c>docs/kubelet-parity.md</c>: what is known to differ, and why.</summary>
internal sealed partial class KnownDifferences
{
    /// <summary>The version of Go that is Debian's, and what it says where it differs from the kubelet's.</summary>
    public static readonly Version OldGo = new(1, 19);

    /// <summary>The first version of Go that was seen to say what the kubelet's says.</summary>
    public static readonly Version NewGo = new(1, 24);

    private const string Page = "docs/kubelet-parity.md";

    private static readonly string[] AgentTable = ["case", "kubelet", "agent", "reason"];
    private static readonly string[] GoTable = ["case", $"Go {OldGo}", $"Go {NewGo}", "reason"];

    private KnownDifferences(IReadOnlyList<KnownDifference> ofTheAgent, IReadOnlyList<KnownDifference> ofOldGo)
    {
        OfTheAgent = ofTheAgent;
        OfOldGo = ofOldGo;
    }

    /// <summary>Where the agent's verdict is not the kubelet's.</summary>
    public IReadOnlyList<KnownDifference> OfTheAgent { get; }

    /// <summary>Where an older Go's verdict is not that of the kubelet's Go.</summary>
    public IReadOnlyList<KnownDifference> OfOldGo { get; }

    public static KnownDifferences Read()
    {
        var rows = File.ReadLines(Checkout.InRoot(Page)).ToList();
        var read = new KnownDifferences(Table(rows, AgentTable), Table(rows, GoTable));
        return read;
    }

    private static List<KnownDifference> Table(IReadOnlyList<string> lines, string[] heading)
    {
        // The line below the heading is the rule between it and the rows.
        var table = lines.SkipWhile(line => !Cells(line).SequenceEqual(heading)).Skip(2).TakeWhile(line => line.StartsWith('|'));
        return [.. table.Select(Row)];
    }

    private static KnownDifference Row(string line)
    {
        var cells = Cells(line);
        Assert.True(cells.Length == 4 && cells.All(cell => cell.Length > 0), $"{Page}: a row has four cells, none empty: {line}");
        return new KnownDifference(cells[0], cells[1], cells[2]);
    }

    private static string[] Cells(string line) =>
        [.. CellEnd().Split(line.Trim().Trim('|')).Select(cell => cell.Replace("`", "", StringComparison.Ordinal).Trim().Replace("\\|", "|", StringComparison.Ordinal))];

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellEnd();
}
