namespace ProbeAgent.PodTests.Monitoring;

/// <summary>A real Prometheus with the shipped rules, sixty times as fast, over real agents whose apps, sidecars and ports are in trouble.</summary>
public sealed class FleetTests(FleetFixture fleet) : IClassFixture<FleetFixture>
{
    // The longest of them lasts fifteen minutes, which are seconds here, over windows that have to fill.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Each alert, and a label by which the one is known that has cause for it.</summary>
    public static TheoryData<string, string, string> Alerts => new()
    {
        { "ProbeAgentCheckDownEverywhere", "check", "down" },
        { "ProbeAgentCheckDown", "check", "down" },
        { "ProbeAgentCheckNeverUp", "check", "never" },
        { "ProbeAgentCheckFlapping", "check", "flapping" },
        { "ProbeAgentCheckNearBudget", "check", "slow" },
        { "ProbeAgentDown", "pod", "gone" },
        { "ProbeAgentStarved", "pod", "starved" },
        { "ProbeAgentSidecarNotReady", "pod", TroubledFleet.Troubled },
        { "ProbeAgentPortCaptured", "pod", "captured" },
        { "ProbeAgentProbesStopped", "pod", "silent" },
        { "ProbeAgentPortFlooded", "pod", "silent" },
        { "ProbeAgentWebhookDown", "job", "probe-agent/webhook-dying" },
        { "ProbeAgentWebhookUnanswered", "name", "namespaces.a-probe-agent.injection" },
        { "ProbeAgentWebhookErrors", "reason", "hook" },
        { "ProbeAgentWebhookMeshCameFirst", "job", "probe-agent/webhook" },
    };

    [Theory]
    [MemberData(nameof(Alerts))]
    public async Task An_alert_fires_over_the_trouble_that_it_names(string alert, string label, string value)
    {
        var prometheus = await fleet.PrometheusAsync();

        var fired = await prometheus.WhenFiringAsync(alert, label, value, Patience);

        // A template that fails leaves an error in the text.
        Assert.DoesNotContain("<", fired.GetProperty("annotations").GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("no value", fired.GetProperty("annotations").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_alert_is_among_them() => Assert.Equal(
        AlertRules.All.Select(alert => alert.Name), Alerts.Select(row => row.Data.Item1));

    [Fact]
    public async Task An_alert_of_a_check_that_is_down_says_why()
    {
        var prometheus = await fleet.PrometheusAsync();

        var fired = await prometheus.WhenFiringAsync("ProbeAgentCheckDown", "check", "down", Patience);

        var description = fired.GetProperty("annotations").GetProperty("description").GetString();
        Assert.EndsWith("The reason given most often is connection_refused.", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_is_well_no_alert_fires()
    {
        var prometheus = await fleet.PrometheusAsync();
        // The slowest of all: by then each other has had its time.
        await prometheus.WhenFiringAsync("ProbeAgentCheckNearBudget", "check", "slow", Patience);

        var fired = await prometheus.QueryAsync(
            $"last_over_time(ALERTS{{alertstate=\"firing\", pod=\"{TroubledFleet.Well}\"}}[10m])", TestContext.Current.CancellationToken);
        var probed = await prometheus.QueryAsync($"probe_agent_check_up{{pod=\"{TroubledFleet.Well}\"}} == 1", TestContext.Current.CancellationToken);

        Assert.Empty(fired.Select(alert => alert.GetProperty("metric").GetProperty("alertname").GetString()));
        Assert.Single(probed);
    }

    /// <summary>Each query of a board, and whose it is.</summary>
    public static TheoryData<string, string> Queries =>
    [
        .. from board in Dashboard.All
           from query in board.Queries
           select new TheoryDataRow<string, string>($"{board.Name}: {query.Panel} {query.Letter}", query.Query),
    ];

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task A_panel_has_something_to_show(string panel, string query)
    {
        var prometheus = await fleet.PrometheusAsync();

        var found = await prometheus.WhenFoundAsync(DashboardQuery.Fill(query), Patience);

        Assert.True(found.Count > 0, panel);
    }

    /// <summary>How each variable of a board finds its values: <c>label_values(SERIES, LABEL)</c>.</summary>
    public static TheoryData<string, string> VariableQueries =>
    [
        .. from board in Dashboard.All
           from query in board.VariableQueries
           select new TheoryDataRow<string, string>(board.Name, query),
    ];

    [Theory]
    [MemberData(nameof(VariableQueries))]
    public async Task A_variable_has_values(string board, string query)
    {
        var prometheus = await fleet.PrometheusAsync();
        var comma = query.LastIndexOf(',');
        var (series, label) = (query["label_values(".Length..comma], query[(comma + 2)..^1]);

        var found = await prometheus.WhenFoundAsync(DashboardQuery.Fill(series), Patience);

        Assert.All(found, one => Assert.True(one.GetProperty("metric").TryGetProperty(label, out _), $"{board}: {query}"));
    }

    /// <summary>The questions of docs/metrics.md.</summary>
    public static TheoryData<string> QuestionsAtNight => [.. NightPage.Questions];

    [Theory]
    [MemberData(nameof(QuestionsAtNight))]
    public async Task A_question_at_night_is_answered_as_soon_as_there_is_something_to_tell(string query)
    {
        var prometheus = await fleet.PrometheusAsync();

        // In the same haste as the rules: what takes two minutes there takes two seconds here.
        await prometheus.WhenFoundAsync(NightPage.InHaste(query), Patience);
    }
}
