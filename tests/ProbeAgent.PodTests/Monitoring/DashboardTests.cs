using System.Text.Json;
using System.Text.RegularExpressions;
using ProbeAgent.Lab;

namespace ProbeAgent.PodTests.Monitoring;

/// <summary>The boards are such as Grafana imports them anywhere, and each panel can be read without its author.</summary>
public sealed partial class DashboardTests
{
    private const int Columns = 24;

    // What Prometheus has of every target, and what Kubernetes itself counts.
    private static readonly string[] NotOurs = ["up", "apiserver_admission_webhook_fail_open_count", "apiserver_admission_webhook_rejection_count"];

    private static readonly string[] Words =
    [
        "and", "or", "unless", "on", "ignoring", "by", "sum", "avg", "max", "min", "count", "topk", "rate", "increase", "time", "vector",
        "histogram_quantile", "clamp_max", "last_over_time", "label_values", "le",
    ];

    private static readonly string[] Ranges = ["$__rate_interval", "$__interval", "$__range", "5m", "15m", "6h"];

    public static TheoryData<string> Boards => [.. Dashboard.All.Select(board => board.Name)];

    [Fact]
    public void There_is_one_for_the_fleet_and_one_for_a_pod() =>
        Assert.Equal(["fleet.json", "pod.json"], Dashboard.All.Select(board => board.Name));

    [Theory]
    [MemberData(nameof(Boards))]
    public void A_board_has_a_fixed_uid_and_asks_the_data_source_that_is_chosen(string name)
    {
        var board = Of(name);

        Assert.Equal($"probe-agent-{Path.GetFileNameWithoutExtension(name)}", Dashboard.Text(board.Root, "uid"));
        Assert.False(board.Root.TryGetProperty("id", out _), "an id is of one Grafana");
        Assert.InRange(board.Root.GetProperty("schemaVersion").GetInt32(), 39, 41);
        Assert.Equal(["${datasource}"], board.DataSources.Distinct());
        Assert.Equal("datasource", Dashboard.Text(board.Variables.First(), "type"));
        Assert.All(board.Panels, panel => Assert.Equal("prometheus", Dashboard.Text(panel.GetProperty("datasource"), "type")));
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Panels_have_ids_of_their_own_and_do_not_overlap(string name)
    {
        var board = Of(name);
        var ids = board.RowsAndPanels.Select(panel => panel.GetProperty("id").GetInt32()).ToList();
        var cells = board.RowsAndPanels.SelectMany(Cells).ToList();

        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal(cells.Distinct().Count(), cells.Count);
        Assert.All(cells, cell => Assert.InRange(cell.X, 0, Columns - 1));
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Each_panel_has_a_title_a_description_a_unit_and_a_query(string name) => Assert.All(Of(name).Panels, panel =>
    {
        var defaults = panel.GetProperty("fieldConfig").GetProperty("defaults");

        Assert.NotEmpty(Dashboard.Text(panel, "title"));
        Assert.EndsWith(".", Dashboard.Text(panel, "description"), StringComparison.Ordinal);
        Assert.NotEmpty(Dashboard.Text(defaults, "unit"));
        Assert.NotEmpty(defaults.GetProperty("thresholds").GetProperty("steps").EnumerateArray());
        Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray());
        // A bare 0 or 1 is a riddle.
        Assert.True(
            Dashboard.Text(panel, "type") is not "state-timeline" || defaults.GetProperty("mappings").GetArrayLength() > 0, Dashboard.Text(panel, "title"));
    });

    [Theory]
    [MemberData(nameof(Boards))]
    public void A_rate_is_taken_over_what_Grafana_says_or_over_a_time_that_the_panel_names(string name) => Assert.All(
        Of(name).Queries,
        query => Assert.All(Range().Matches(query.Query), range => Assert.Contains(range.Groups["range"].Value, Ranges)));

    /// <summary>Over a longer time than a bar stands for, each event would be in several of them.</summary>
    [Theory]
    [MemberData(nameof(Boards))]
    public void A_count_that_is_drawn_is_one_of_the_step_in_which_two_scrapes_are(string name) => Assert.All(
        Of(name).Panels.Where(panel => Dashboard.Text(panel, "type") is "timeseries" or "heatmap"),
        panel => Assert.All(Dashboard.QueriesOf(panel).Where(query => query.Contains("increase(", StringComparison.Ordinal)), query =>
        {
            Assert.Contains("[$__interval]", query, StringComparison.Ordinal);
            Assert.Equal("2m", Dashboard.Text(panel, "interval"));
        }));

    /// <summary>An app in .NET calls its metrics likewise, and may be scraped with the labels of its pod.</summary>
    [Theory]
    [MemberData(nameof(Boards))]
    public void Figures_of_a_process_are_the_agents_and_not_the_apps(string name) => Assert.All(
        Of(name).Queries.Select(query => query.Query).Where(query => OfAnyProcess().IsMatch(query)),
        query => Assert.Contains(" and on (job, instance) probe_agent_mesh_ready", query, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Boards))]
    public void Each_metric_is_one_of_the_page(string name)
    {
        var board = Of(name);
        var known = Documented().ToHashSet();

        Assert.All(
            board.Queries.Select(query => query.Query).Concat(board.VariableQueries),
            query => Assert.All(MetricsOf(query), metric => Assert.Contains(metric, known)));
    }

    [Fact]
    public void Each_metric_of_a_rule_is_one_of_the_page()
    {
        var known = Documented().Concat(NotOurs).ToHashSet();

        Assert.All(AlertRules.All, alert => Assert.All(Metric().Matches(alert.Expression), match => Assert.Contains(Family(match.Value), known)));
    }

    [Fact]
    public void Links_lead_to_boards_that_there_are_and_from_the_fleet_to_the_pod()
    {
        var uids = Dashboard.All.Select(board => Dashboard.Text(board.Root, "uid")).ToHashSet();

        Assert.All(Dashboard.All, board => Assert.All(board.LinkedBoards, uid => Assert.Contains(uid, uids)));
        Assert.Contains("var-pod=${__data.fields.pod}", Dashboard.All[0].Root.GetRawText(), StringComparison.Ordinal);
        Assert.All(["fleet.json", "pod.json"], name => Assert.NotEmpty(Of(name).LinkedBoards));
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Each_variable_that_a_query_names_is_there(string name)
    {
        var board = Of(name);
        var variables = board.Variables.Select(variable => Dashboard.Text(variable, "name")).ToHashSet();
        var named = board.Queries.SelectMany(query => Variable().Matches(query.Query)).Select(match => match.Groups["name"].Value);

        Assert.All(named.Where(variable => !variable.StartsWith("__", StringComparison.Ordinal)), variable => Assert.Contains(variable, variables));
    }

    private static Dashboard Of(string name) => Dashboard.All.Single(board => board.Name == name);

    private static IEnumerable<(int X, int Y)> Cells(JsonElement panel)
    {
        var place = panel.GetProperty("gridPos");
        var (x, y, width, height) = (Number("x"), Number("y"), Number("w"), Number("h"));
        return from column in Enumerable.Range(x, width)
               from row in Enumerable.Range(y, height)
               select (column, row);

        int Number(string name) => place.GetProperty(name).GetInt32();
    }

    private static IEnumerable<string> Documented() => File.ReadLines(Checkout.InRoot("docs/metrics.md"))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length == 6 && cells[1].StartsWith('`'))
        .Select(cells => cells[1].Trim('`'));

    // Any other word of a query is a function or an operator, a label or its value.
    private static IEnumerable<string> MetricsOf(string query) => Name().Matches(Clause().Replace(query, ""))
        .Select(match => match.Value)
        .Where(word => !Words.Contains(word) && !NotOurs.Contains(word))
        .Select(Family);

    private static string Family(string series) => Part().Replace(series, "");

    [GeneratedRegex(@"\b(probe_agent|process|dotnet|apiserver)_\w+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\b(process|dotnet)_")]
    private static partial Regex OfAnyProcess();

    [GeneratedRegex(@"(?<![\w$.])[a-z_]\w*(?!\w*"")")]
    private static partial Regex Name();

    // Labels in braces, in the lists of by, on and ignoring, ranges, and the label of label_values.
    [GeneratedRegex(@"\{[^}]*\}|\b(by|on|ignoring) \([^)]*\)|\[[^\]]*\]|, \w+\)$")]
    private static partial Regex Clause();

    [GeneratedRegex(@"(?<=duration_seconds)_(bucket|sum|count)$")]
    private static partial Regex Part();

    [GeneratedRegex(@"\[(?<range>[^\]]+)\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Range();

    [GeneratedRegex(@"\$(?<name>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
