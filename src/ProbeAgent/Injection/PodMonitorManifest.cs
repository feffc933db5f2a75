using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>The PodMonitor by which a Prometheus operator finds the agents of a workload.</summary>
internal static class PodMonitorManifest
{
    /// <summary>Writes it; null where the pods have no labels to be selected by.</summary>
    public static JsonObject? Of(PodTemplate template, List<InjectionFinding> findings)
    {
        var labels = ((template.Workload["spec"] as JsonObject)?["selector"] as JsonObject)?["matchLabels"] as JsonObject ?? template.Labels;
        if (labels is not { Count: > 0 })
        {
            findings.Add(new InjectionFinding(
                FindingSeverity.Warning, InjectionReason.Advice, template.Place.ToString(), "the pod has no labels, so no PodMonitor can select it; give it one and inject again"));
            return null;
        }

        var metadata = new JsonObject { ["name"] = $"{template.Name.TrimEnd('-')}-{AgentContainer.Name}" };
        if (template.Namespace.Length > 0)
        {
            metadata["namespace"] = template.Namespace;
        }

        return new JsonObject
        {
            ["apiVersion"] = "monitoring.coreos.com/v1",
            ["kind"] = "PodMonitor",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject
            {
                ["selector"] = new JsonObject { ["matchLabels"] = labels.DeepClone() },
                ["podMetricsEndpoints"] = new JsonArray(new JsonObject { ["port"] = AgentContainer.Name, ["path"] = "/metrics" }),
            },
        };
    }
}
