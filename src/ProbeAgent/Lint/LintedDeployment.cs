using System.Text.Json.Nodes;
using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>All that is deployed together.</summary>
internal sealed class LintedDeployment
{
    private readonly List<JsonObject> resources;

    /// <param name="documents">The documents, lists among them.</param>
    public LintedDeployment(IReadOnlyList<JsonNode> documents)
    {
        Documents = documents;
        resources = [.. documents.SelectMany(ResourcesOf)];
        PeerAuthentications = new PeerAuthentications(resources);
    }

    /// <summary>The documents.</summary>
    public IReadOnlyList<JsonNode> Documents { get; }

    /// <summary>What Istio's sidecars are told to accept.</summary>
    public PeerAuthentications PeerAuthentications { get; }

    /// <summary>The ConfigMap of that name beside a workload; null where it is not here.</summary>
    public JsonObject? ConfigMap(string name, PodTemplate template) => resources.Find(resource =>
        resource.Text("kind") == "ConfigMap"
        && resource["metadata"].Text("name") == name
        && (resource["metadata"].Text("namespace") ?? "") == template.Namespace);

    private static IEnumerable<JsonObject> ResourcesOf(JsonNode? document) => document is not JsonObject resource ? []
        : resource["items"] is JsonArray items && resource.Text("kind")?.EndsWith("List", StringComparison.Ordinal) == true ? items.SelectMany(ResourcesOf)
        : [resource];
}
