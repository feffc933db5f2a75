using System.Text.Json.Nodes;
using ProbeAgent.Mesh;

namespace ProbeAgent.Injection;

/// <summary>Which mesh a pod is in, by what its manifest and those beside it say.</summary>
internal static class MeshSigns
{
    /// <summary>The meshes that the pod's own labels and annotations speak of; else those of its namespace, else those of resources beside it.</summary>
    public static IReadOnlyList<MeshConvention> Of(PodTemplate template, IReadOnlyList<JsonNode> neighbours)
    {
        var own = MeshConvention.All.Where(mesh => IsNamedBy(template, mesh)).ToList();
        if (own.Count > 0)
        {
            // One that is to leave the pod alone says nothing against another.
            var active = own.Where(mesh => !IsLeftAlone(template, mesh)).ToList();
            return active.Count > 0 ? active : own[..1];
        }

        var resources = neighbours.SelectMany(Resources).ToList();
        var byNamespace = MeshConvention.All.Where(mesh => resources.Exists(one => IsTakenInBy(one, template.Namespace, mesh))).ToList();
        return byNamespace.Count > 0 ? byNamespace : [.. MeshConvention.All.Where(mesh => resources.Exists(one => IsOf(one, mesh)))];
    }

    /// <summary>True where the pod says that the mesh is to leave it alone.</summary>
    public static bool IsLeftAlone(PodTemplate template, MeshConvention mesh) =>
        template.Mark(mesh.Switch) is { } value && mesh.SwitchedOff.Contains(value);

    /// <summary>True where the mesh has been at the pod. A proxy of the image <c>auto</c> is only what Istio is to make its own of.</summary>
    public static bool HasBeenAt(PodTemplate template, MeshConvention mesh) =>
        mesh.Marks.Any(mark => template.Annotations?[mark] is not null) || template.Containers.Any(container => container.Name == mesh.Proxy && container.Node.Text("image") != "auto");

    private static bool IsNamedBy(PodTemplate template, MeshConvention mesh) =>
        new[] { template.Annotations, template.Labels }.OfType<JsonObject>()
            .Any(marks => marks.Any(mark => mesh.Keys.Any(key => mark.Key.StartsWith(key, StringComparison.Ordinal))))
        || template.Containers.Any(container => container.Name == mesh.Proxy);

    private static IEnumerable<JsonObject> Resources(JsonNode document) => document is not JsonObject resource ? []
        : resource["items"] is JsonArray items ? items.OfType<JsonObject>()
        : [resource];

    private static bool IsTakenInBy(JsonObject resource, string wanted, MeshConvention mesh)
    {
        var metadata = resource["metadata"] as JsonObject;
        return resource.Text("kind") == "Namespace"
            && (wanted.Length == 0 || metadata.Text("name") == wanted)
            && mesh.NamespaceSwitches.Any(key => (metadata?["labels"].Text(key) ?? metadata?["annotations"].Text(key)) is { } value && !mesh.SwitchedOff.Contains(value) && value != "disabled");
    }

    private static bool IsOf(JsonObject resource, MeshConvention mesh) =>
        resource.Text("apiVersion")?.Split('/')[0] is { } group && (group == mesh.Group || group.EndsWith('.' + mesh.Group, StringComparison.Ordinal));
}
