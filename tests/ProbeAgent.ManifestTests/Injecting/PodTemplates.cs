using System.Text.Json.Nodes;

namespace ProbeAgent.ManifestTests.Injecting;

/// <summary>Finds what pods are made from in the values of manifests.</summary>
internal static class PodTemplates
{
    /// <summary>
    /// Every object with <c>spec.containers</c>, in order: a Pod itself, and what a workload has as its template, however deep it lies.
    /// </summary>
    public static IEnumerable<JsonObject> In(JsonNode? value) => value switch
    {
        JsonObject map when map["spec"] is JsonObject spec && spec["containers"] is JsonArray => [map],
        JsonObject map => map.SelectMany(entry => In(entry.Value)),
        JsonArray list => list.SelectMany(In),
        _ => [],
    };

    /// <summary>The resources of a document: itself, or the items of a list.</summary>
    public static IEnumerable<JsonObject> Resources(JsonNode document) =>
        document["items"] is JsonArray items ? items.SelectMany(item => Resources(item!)) : [document.AsObject()];
}
