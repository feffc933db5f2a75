using System.Text.Json.Nodes;
using ProbeAgent.ManifestTests.Injecting;

namespace ProbeAgent.ManifestTests;

/// <summary>What the Prometheus operator is given: the alerts as a resource of its own, and the PodMonitors of the page.</summary>
public sealed class MonitoringSchemaTests
{
    private const string Rules = "deploy/prometheus/alerts.yaml";
    private const string Page = "docs/monitoring.md";

    // Unknown fields pass the schemas and not the API server.
    private static readonly string[] RuleFields = ["alert", "expr", "for", "labels", "annotations"];

    [Fact]
    public void The_rule_file_has_no_field_that_a_PrometheusRule_lacks()
    {
        var spec = (JsonObject)YamlValue.Documents(Manifests.Read(Rules)).Single();
        var groups = spec["groups"]!.AsArray().Select(group => group!.AsObject()).ToList();

        Assert.Equal(["groups"], spec.Select(field => field.Key));
        Assert.All(groups, group => Assert.Equal(["name", "rules"], group.Select(field => field.Key)));
        Assert.All(
            groups.SelectMany(group => group["rules"]!.AsArray()),
            rule => Assert.All(rule!.AsObject(), field => Assert.Contains(field.Key, RuleFields)));
    }

    [Fact]
    public void The_rule_file_is_the_spec_of_a_PrometheusRule()
    {
        var spec = (JsonObject)YamlValue.Documents(Manifests.Read(Rules)).Single();

        Assert.Equal(["1 judged"], KubernetesSchemas.Judge([(Rules, RuleResource(spec))]));
    }

    [Fact]
    public void A_rule_without_its_query_is_noticed()
    {
        var spec = (JsonObject)YamlValue.Documents(Manifests.Read(Rules)).Single();
        spec["groups"]![0]!["rules"]![0]!.AsObject().Remove("expr");

        Assert.Contains("expr", KubernetesSchemas.Judge([(Rules, RuleResource(spec))])[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_monitors_of_the_page_are_valid_and_no_two_targets_have_the_same_labels()
    {
        var monitors = Manifests.Blocks(Page).SelectMany(block => YamlValue.Documents(block.Text)).OfType<JsonObject>().ToList();

        Assert.Equal(["PodMonitor", "PodMonitor"], monitors.Select(monitor => $"{monitor["kind"]}"));
        Assert.Equal(["2 judged"], KubernetesSchemas.Judge([.. monitors.Select(monitor => (Page, monitor))]));
        Assert.All(monitors, monitor => Assert.Equal(1, monitor["spec"]!["podMetricsEndpoints"]!.AsArray().Count(endpoint => endpoint!["relabelings"] is null)));
    }

    [Fact]
    public void The_first_monitor_of_the_page_is_what_inject_writes()
    {
        var shown = Manifests.Blocks(Page).SelectMany(block => YamlValue.Documents(block.Text)).First();
        var written = GoldenCase.All.Where(golden => golden.IsManifest)
            .SelectMany(golden => YamlValue.Documents(golden.Expected!))
            .First(resource => $"{resource["kind"]}" == "PodMonitor");

        Assert.Equal(written["spec"]!["podMetricsEndpoints"]!.ToJsonString(), shown["spec"]!["podMetricsEndpoints"]!.ToJsonString());
    }

    // https://grafana.com/docs/grafana/latest/administration/provisioning/#dashboards
    [Fact]
    public void Grafana_is_told_of_a_folder_of_files()
    {
        var block = Assert.Single(Lab.Page.At(Page).In("yaml"), block => Manifests.HasKey(block.Text, "providers"));
        var told = (JsonObject)YamlValue.Documents(block.Text).Single();
        var provider = Assert.Single(told["providers"]!.AsArray())!.AsObject();

        Assert.Equal(["apiVersion", "providers"], told.Select(field => field.Key));
        Assert.True(YamlValue.Same(1, told["apiVersion"]));
        Assert.Equal(["name", "folder", "type", "options"], provider.Select(field => field.Key));
        Assert.Equal("file", $"{provider["type"]}");
        Assert.StartsWith("/", $"{Assert.Single(provider["options"]!.AsObject(), option => option.Key == "path").Value}", StringComparison.Ordinal);
    }

    private static JsonObject RuleResource(JsonObject spec) => new()
    {
        ["apiVersion"] = "monitoring.coreos.com/v1",
        ["kind"] = "PrometheusRule",
        ["metadata"] = new JsonObject { ["name"] = "probe-agent" },
        ["spec"] = spec.DeepClone(),
    };
}
