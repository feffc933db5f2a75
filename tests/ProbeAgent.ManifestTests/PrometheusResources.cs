using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace ProbeAgent.ManifestTests;

// The part of the Prometheus operator's resources that the chart uses, by hand from its API (monitoring.coreos.com/v1).

/// <summary>Which pods are scraped, and where.</summary>
public sealed class PodMonitor : KubernetesObject, IMetadata<V1ObjectMeta>
{
    /// <summary>Its name.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>The wish.</summary>
    public PodMonitorSpec? Spec { get; set; }
}

/// <summary>The wish of a <see cref="PodMonitor"/>.</summary>
public sealed class PodMonitorSpec
{
    /// <summary>In which namespaces; its own where nothing is said.</summary>
    public MonitoredNamespaces? NamespaceSelector { get; set; }

    /// <summary>Which pods.</summary>
    public V1LabelSelector? Selector { get; set; }

    /// <summary>Which ports of them.</summary>
    public IList<MonitoredPort>? PodMetricsEndpoints { get; init; }
}

/// <summary>Namespaces.</summary>
public sealed class MonitoredNamespaces
{
    /// <summary>All of them.</summary>
    public bool Any { get; set; }
}

/// <summary>A port that is scraped.</summary>
public sealed class MonitoredPort
{
    /// <summary>Its name in the container.</summary>
    public string? Port { get; set; }

    /// <summary>The page.</summary>
    public string? Path { get; set; }

    /// <summary>How often.</summary>
    public string? Interval { get; set; }

    /// <summary>How its labels are made from what is known of the pod.</summary>
    public IList<Relabeling>? Relabelings { get; init; }
}

/// <summary>How a label is made: replaced by the first group, where the whole of the joined labels matches.</summary>
public sealed class Relabeling
{
    /// <summary>The labels that are joined.</summary>
    public IList<string>? SourceLabels { get; init; }

    /// <summary>What stands between them.</summary>
    public string? Separator { get; set; }

    /// <summary>What they must match.</summary>
    public string? Regex { get; set; }

    /// <summary>What it becomes; the first group where nothing is said.</summary>
    public string? Replacement { get; set; }

    /// <summary>The label that is made.</summary>
    public string? TargetLabel { get; set; }
}

/// <summary>Alerts and recorded series.</summary>
public sealed class PrometheusRule : KubernetesObject, IMetadata<V1ObjectMeta>
{
    /// <summary>Its name.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>The wish.</summary>
    public PrometheusRuleSpec? Spec { get; set; }
}

/// <summary>The wish of a <see cref="PrometheusRule"/>.</summary>
public sealed class PrometheusRuleSpec
{
    /// <summary>In groups.</summary>
    public IList<RuleGroup>? Groups { get; init; }
}

/// <summary>Rules that are evaluated one after the other.</summary>
public sealed class RuleGroup
{
    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>How often.</summary>
    public string? Interval { get; set; }

    /// <summary>The rules.</summary>
    public IList<Rule>? Rules { get; init; }
}

/// <summary>An alert, or a recorded series.</summary>
public sealed class Rule
{
    /// <summary>The alert's name.</summary>
    public string? Alert { get; set; }

    /// <summary>The series' name.</summary>
    public string? Record { get; set; }

    /// <summary>The query.</summary>
    public string? Expr { get; set; }

    /// <summary>How long it must hold.</summary>
    public string? For { get; set; }

    /// <summary>How long the alert stays when it holds no more.</summary>
    [JsonPropertyName("keep_firing_for")]
    public string? KeepFiringFor { get; set; }

    /// <summary>What is added to the labels.</summary>
    public IDictionary<string, string>? Labels { get; init; }

    /// <summary>What people read.</summary>
    public IDictionary<string, string>? Annotations { get; init; }
}
