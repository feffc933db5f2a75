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

        Assert.EndsWith("The reason given most often is connection_refused.", fired.GetProperty("annotations").GetProperty("description").GetString(), StringComparison.Ordinal);
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
}
