using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>A pod of a manifest, or what pods are made from.</summary>
/// <param name="Place">Where its <c>metadata</c> and <c>spec</c> lie.</param>
/// <param name="Pod">What holds them.</param>
/// <param name="Kind">The kind of the workload: <c>Deployment</c>.</param>
/// <param name="Workload">The whole workload.</param>
internal sealed record PodTemplate(JsonPointer Place, JsonObject Pod, string Kind, JsonObject Workload)
{
    /// <summary>True where pods of it end by themselves.</summary>
    public bool EndsByItself => Kind is "Job" or "CronJob" || Spec.Text("restartPolicy") is "Never" or "OnFailure";

    /// <summary>The workload's name; empty where it has none.</summary>
    public string Name => Workload["metadata"].Text("name") ?? Workload["metadata"].Text("generateName") ?? "";

    /// <summary>The workload's namespace; empty where it names none.</summary>
    public string Namespace => Workload["metadata"].Text("namespace") ?? "";

    /// <summary>The pod's <c>spec</c>; null where there is none.</summary>
    public JsonObject? Spec => Pod["spec"] as JsonObject;

    /// <summary>Where that lies.</summary>
    public JsonPointer SpecPlace => Place / "spec";

    /// <summary>The annotations of the pod.</summary>
    public JsonObject? Annotations => (Pod["metadata"] as JsonObject)?["annotations"] as JsonObject;

    /// <summary>The labels of the pod.</summary>
    public JsonObject? Labels => (Pod["metadata"] as JsonObject)?["labels"] as JsonObject;

    /// <summary>The containers, those of <c>initContainers</c> first.</summary>
    public IEnumerable<PodContainer> Containers => Listed("initContainers").Concat(Apps);

    /// <summary>Those that are no init containers.</summary>
    public IEnumerable<PodContainer> Apps => Listed("containers");

    /// <summary>The value of a label or annotation of the pod; null where there is none.</summary>
    public string? Mark(string key) => Annotations.Text(key) ?? Labels.Text(key);

    private IEnumerable<PodContainer> Listed(string list) => Spec?[list] is JsonArray containers
        ? containers.Select((node, index) => (node, index))
            .Where(item => item.node is JsonObject)
            .Select(item => new PodContainer(SpecPlace / list / item.index, (JsonObject)item.node!))
        : [];
}
