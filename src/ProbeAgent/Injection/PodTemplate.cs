using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>A pod of a manifest, or what pods are made from.</summary>
/// <param name="Place">Where its <c>metadata</c> and <c>spec</c> lie.</param>
/// <param name="Pod">What holds them.</param>
/// <param name="Kind">The kind of the workload: <c>Deployment</c>.</param>
/// <param name="Workload">The whole workload.</param>
internal sealed record PodTemplate(JsonPointer Place, JsonObject Pod, string Kind, JsonObject Workload)
{
    /// <summary>True where pods of it are to end by themselves.</summary>
    public bool IsOfJob => Kind is "Job" or "CronJob";

    /// <summary>The workload's name; empty where it has none.</summary>
    public string Name => Text(Workload["metadata"], "name") ?? Text(Workload["metadata"], "generateName") ?? "";

    /// <summary>The workload's namespace; empty where it names none.</summary>
    public string Namespace => Text(Workload["metadata"], "namespace") ?? "";

    private static string? Text(JsonNode? holder, string key) =>
        holder is JsonObject map && map[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
