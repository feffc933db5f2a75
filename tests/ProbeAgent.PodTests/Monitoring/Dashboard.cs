using System.Text.Json;
using System.Text.RegularExpressions;
using ProbeAgent.Lab;

namespace ProbeAgent.PodTests.Monitoring;

/// <summary>A board of <c>deploy/grafana</c>.</summary>
internal sealed partial class Dashboard
{
    private readonly JsonElement root;

    private Dashboard(string name)
    {
        Name = name;
        using var document = JsonDocument.Parse(File.ReadAllText(Checkout.InRoot($"deploy/grafana/{name}")));
        root = document.RootElement.Clone();
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Dashboard> All { get; } =
    [
        .. Directory.EnumerateFiles(Checkout.InRoot("deploy/grafana"), "*.json").Order(StringComparer.Ordinal).Select(file => new Dashboard(Path.GetFileName(file))),
    ];

    /// <summary>The name of its file.</summary>
    public string Name { get; }

    /// <summary>All of the file.</summary>
    public JsonElement Root => root;

    /// <summary>Rows and panels, in the order in which they are shown.</summary>
    public IReadOnlyList<JsonElement> RowsAndPanels => [.. root.GetProperty("panels").EnumerateArray()];

    /// <summary>What shows something.</summary>
    public IEnumerable<JsonElement> Panels => RowsAndPanels.Where(panel => Text(panel, "type") != "row");

    /// <summary>The queries of the panels, with the panel's title and the query's letter.</summary>
    public IEnumerable<(string Panel, string Letter, string Query)> Queries =>
        from panel in Panels
        from target in panel.GetProperty("targets").EnumerateArray()
        select (Text(panel, "title"), Text(target, "refId"), Text(target, "expr"));

    /// <summary>Its variables.</summary>
    public IEnumerable<JsonElement> Variables => root.GetProperty("templating").GetProperty("list").EnumerateArray();

    /// <summary>The queries by which variables find their values.</summary>
    public IEnumerable<string> VariableQueries =>
        Variables.Where(variable => Text(variable, "type") == "query").Select(variable => Text(variable.GetProperty("query"), "query"));

    /// <summary>Every data source that is named anywhere, Grafana's own left out.</summary>
    public IEnumerable<string> DataSources => DataSource().Matches(root.GetRawText()).Select(match => match.Groups["uid"].Value).Where(uid => uid != "-- Grafana --");

    /// <summary>Every URL that leads to a board, by the board's uid.</summary>
    public IEnumerable<string> LinkedBoards => Link().Matches(root.GetRawText()).Select(match => match.Groups["uid"].Value);

    /// <summary>The queries of one panel.</summary>
    public static IEnumerable<string> QueriesOf(JsonElement panel) => panel.GetProperty("targets").EnumerateArray().Select(target => Text(target, "expr"));

    /// <summary>A property that is text.</summary>
    public static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString()! : "";

    [GeneratedRegex("\"datasource\":\\s*(\"(?<uid>[^\"]*)\"|\\{[^}]*?\"uid\":\\s*\"(?<uid>[^\"]*?)\"\\s*\\})", RegexOptions.ExplicitCapture)]
    private static partial Regex DataSource();

    [GeneratedRegex("\"url\":\\s*\"/d/(?<uid>[^\"?]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
