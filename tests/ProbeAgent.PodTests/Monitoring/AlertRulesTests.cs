using System.Text.RegularExpressions;
using ProbeAgent.Lab;

namespace ProbeAgent.PodTests.Monitoring;

/// <summary>The alerts, by Prometheus' own tool and by what whoever is woken needs.</summary>
public sealed partial class AlertRulesTests
{
    private const string Page = "https://github.com/probe-agent/probe-agent/blob/main/docs/monitoring.md#";

    private static readonly string Scenarios = Checkout.InRoot("tests/ProbeAgent.PodTests/Monitoring/alerts.test.yaml");

    [Fact]
    public void Prometheus_takes_the_file()
    {
        Needs.Programs("promtool");

        var said = Command.TryRun("promtool", "check", "rules", "--lint=all", "--lint-fatal", Checkout.InRoot(AlertRules.Path));

        Assert.True(said.ExitCode == 0, said.Output + said.Error);
        Assert.Contains($"SUCCESS: {AlertRules.All.Count} rules found", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_alert_fires_where_it_should_and_keeps_still_where_it_only_looks_so()
    {
        Needs.Programs("promtool");

        var said = Command.TryRun("promtool", "test", "rules", Scenarios);

        Assert.True(said.ExitCode == 0, said.Output + said.Error);
    }

    [Fact]
    public void Each_alert_has_a_scenario_in_which_it_fires()
    {
        var fired = Fired().Matches(File.ReadAllText(Scenarios)).Select(match => match.Groups["name"].Value).ToHashSet();

        Assert.Equal(AlertRules.All.Select(alert => alert.Name).Order(StringComparer.Ordinal), fired.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_alert_says_whom_it_wakes_and_leads_to_its_part_of_the_page()
    {
        var anchors = File.ReadLines(Checkout.InRoot("docs/monitoring.md"))
            .Where(line => line.StartsWith("### ProbeAgent", StringComparison.Ordinal))
            .Select(line => line[4..])
            .ToList();

        Assert.Equal(AlertRules.All.Select(alert => alert.Name), anchors);
        Assert.All(AlertRules.All, alert =>
        {
            Assert.StartsWith("ProbeAgent", alert.Name, StringComparison.Ordinal);
            Assert.Contains(alert.Labels["severity"], (string[])["critical", "warning", "info"]);
            Assert.Equal(["description", "runbook_url", "summary"], alert.Annotations.Keys.Order(StringComparer.Ordinal));
            // As GitHub makes an anchor of a heading.
            Assert.Equal(Page + alert.Name.ToLowerInvariant(), alert.Annotations["runbook_url"]);
            Assert.DoesNotContain('\n', alert.Annotations["summary"]);
            Assert.EndsWith(".", alert.Annotations["description"].Replace("{{ end }}", "", StringComparison.Ordinal), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void At_night_nobody_is_woken_by_a_single_pod() => Assert.All(
        AlertRules.All.Where(alert => alert.Labels["severity"] == "critical"),
        alert => Assert.Matches("^(max|group) by \\((namespace, job|namespace, job, check)\\)", alert.Expression));

    [Fact]
    public void Time_in_haste_is_all_of_it()
    {
        var hasty = AlertRules.InHaste();

        // What promtool has tested lasts from one minute to three days; what is left of that is from one second to 72 minutes.
        Assert.DoesNotMatch(@"(for: |\[|offset )\d+h", hasty);
        Assert.Equal(["[1m]", "[6m]", "[72m]"], Minutes().Matches(hasty).Select(match => match.Value).Distinct());
        Assert.Contains("for: 15s", hasty, StringComparison.Ordinal);
        Assert.Contains("[15s:]", hasty, StringComparison.Ordinal);
        Assert.Contains("offset 15s", hasty, StringComparison.Ordinal);
    }

    // exp_samples: [{labels: '{alertname="ProbeAgentStarved"}', value: 1}]
    [GeneratedRegex("\\{labels: '\\{alertname=\"(?<name>\\w+)\"[^}]*\\}', value: 1\\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Fired();

    [GeneratedRegex(@"(for: |\[|offset )\d+m\]?", RegexOptions.ExplicitCapture)]
    private static partial Regex Minutes();
}
