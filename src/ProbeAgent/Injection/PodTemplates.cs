using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>Finds the pods of a manifest.</summary>
internal static class PodTemplates
{
    private static readonly Dictionary<string, string[]> Paths = new(StringComparer.Ordinal)
    {
        ["Pod"] = [],
        ["PodTemplate"] = ["template"],
        ["Deployment"] = ["spec", "template"],
        ["StatefulSet"] = ["spec", "template"],
        ["DaemonSet"] = ["spec", "template"],
        ["ReplicaSet"] = ["spec", "template"],
        ["ReplicationController"] = ["spec", "template"],
        ["Job"] = ["spec", "template"],
        ["CronJob"] = ["spec", "jobTemplate", "spec", "template"],
    };

    /// <summary>All of them, in their order; those of lists, too.</summary>
    /// <param name="manifest">A workload, a <c>List</c> of them, a KRM <c>ResourceList</c>, or anything else, which has none.</param>
    /// <param name="path">Where the template of an unknown kind lies: <c>spec.template</c>; null for known kinds only.</param>
    public static IEnumerable<PodTemplate> Of(JsonNode? manifest, string? path) => Of(manifest, path, JsonPointer.Root);

    private static IEnumerable<PodTemplate> Of(JsonNode? manifest, string? path, JsonPointer place)
    {
        if (manifest is not JsonObject workload || workload["kind"] is not JsonValue value || !value.TryGetValue<string>(out var kind))
        {
            return [];
        }

        if (workload["items"] is JsonArray items && kind.EndsWith("List", StringComparison.Ordinal))
        {
            return items.SelectMany((item, index) => Of(item, path, place / "items" / index));
        }

        if (!Paths.TryGetValue(kind, out var steps))
        {
            steps = path?.Split('.');
        }

        if (steps is null)
        {
            return [];
        }

        var template = steps.Aggregate(place, (at, step) => at / step);

        // Of a kind that is not known, what lies there may be the template of something else.
        return steps.Aggregate((JsonNode?)workload, (node, step) => (node as JsonObject)?[step]) is JsonObject pod
            && (Paths.ContainsKey(kind) || (pod["spec"] as JsonObject)?["containers"] is JsonArray)
            ? [new PodTemplate(template, pod, kind, workload)]
            : [];
    }
}
