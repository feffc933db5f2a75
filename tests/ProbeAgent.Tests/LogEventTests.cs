using System.Globalization;
using System.Text.RegularExpressions;

namespace ProbeAgent.Tests;

/// <summary>Ids of log events are for those who filter by them: by folder, and never used twice.</summary>
public sealed partial class LogEventTests
{
    private static readonly Dictionary<string, int> Range = new()
    {
        ["Checks"] = 1000,
        ["Probing"] = 2000,
        ["Mesh"] = 3000,
        ["Configuration"] = 4000,
        ["Hosting"] = 5000,
        ["Serving"] = 6000,
        ["Telemetry"] = 7000,
        ["Admission"] = 8000,
    };

    [Fact]
    public void EventIds_AreUnique() => Assert.Equal(All().Select(e => e.Id).Distinct().Order(), All().Select(e => e.Id).Order());

    [Fact]
    public void EventIds_BelongToTheirFolder() =>
        Assert.All(All(), e => Assert.InRange(e.Id, Range[e.Folder], Range[e.Folder] + 999));

    [Fact]
    public void EventIds_AreThoseThatWereReleased() =>
        Assert.Equal(
            [1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 3000, 3001, 3002, 3003, 3004, 3005, 3006, 3007, 3020, 3021, 3022, 5000, 5001, 5002, 5003, 5004, 5005, 5006, 5007, 5008, 5020, 5021, 5022, 5023, 5024, 5025, 5026, 5027, 5028, 6000, 6001, 6002, 6003, 6004, 6005, 6006, 6007, 6008, 6009, 6010, 6011, 8000, 8001, 8002, 8003, 8004],
            All().Select(e => e.Id).Order());

    [Fact]
    public void EventIds_StandOnThePage_WithLevelAndText()
    {
        var page = File.ReadAllText(Path.Combine(SourceTree.Tests, "..", "docs", "logs.md"));

        var rows = Row().Matches(page).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value} {row.Groups[3].Value}");
        var events = from file in SourceTree.Files()
                     from Match match in WholeEvent().Matches(File.ReadAllText(file))
                     select $"{match.Groups[1].Value} {Word(match.Groups[2].Value)} {match.Groups[3].Value.Replace("\\\"", "\"", StringComparison.Ordinal)}";
        Assert.Equal(events.Order(StringComparer.Ordinal), rows);
    }

    // As the lines of the log have it.
    private static string Word(string level) => level switch
    {
        "Information" => "info",
        "Warning" => "warn",
        _ => level.ToLowerInvariant(),
    };

    private static IReadOnlyList<(string Folder, int Id)> All() =>
    [
        .. from file in SourceTree.Files()
           from Match match in EventId().Matches(File.ReadAllText(file))
           select (Path.GetFileName(Path.GetDirectoryName(file)!), int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)),
    ];

    [GeneratedRegex(@"\[LoggerMessage\((\d+)")]
    private static partial Regex EventId();

    [GeneratedRegex(@"\[LoggerMessage\((\d+), LogLevel\.(\w+),\s*""((?:[^""\\]|\\.)*)""\)\]")]
    private static partial Regex WholeEvent();

    [GeneratedRegex(@"^\| (\d+) \| (\w+) \| `(.*?)` \| \S", RegexOptions.Multiline)]
    private static partial Regex Row();
}
