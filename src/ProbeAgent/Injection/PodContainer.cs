using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>A container of a pod.</summary>
/// <param name="Place">Where it lies.</param>
/// <param name="Node">What is there.</param>
internal sealed record PodContainer(JsonPointer Place, JsonObject Node)
{
    private static readonly string[] Hooks = ["postStart", "preStop"];

    /// <summary>Its name; empty where it has none.</summary>
    public string Name => Node.Text("name") ?? "";

    /// <summary>The ports that it declares, and their names.</summary>
    public IEnumerable<(string? Name, int Port)> Ports => Node["ports"] is JsonArray ports
        ? ports.OfType<JsonObject>().Select(port => (port.Text("name"), port.Number("containerPort") ?? 0))
        : [];

    /// <summary>Its probes.</summary>
    public IEnumerable<PodProbe> Probes => PodProbe.Kinds
        .Where(kind => Node[kind.Key] is JsonObject)
        .Select(kind => new PodProbe(this, kind, (JsonObject)Node[kind.Key]!));

    /// <summary>Its lifecycle hooks of kind <c>httpGet</c>, with their names.</summary>
    public IEnumerable<(string Hook, JsonPointer Place, JsonObject Action)> HttpHooks =>
        from hook in Hooks
        let action = ((Node["lifecycle"] as JsonObject)?[hook] as JsonObject)?["httpGet"] as JsonObject
        where action is not null
        select (hook, Place / "lifecycle" / hook / "httpGet", action);
}
