using System.Text.Json.Nodes;

namespace ProbeAgent.Manifests;

/// <summary>What comes into a mapping or a list.</summary>
/// <param name="Name">Its key; null for an item of a list.</param>
/// <param name="Value">Its value.</param>
internal sealed record NewEntry(string? Name, JsonNode? Value)
{
    /// <summary>The entries as a mapping or a list of their own.</summary>
    public static JsonNode Together(IReadOnlyList<NewEntry> entries) => entries[0].Name is null
        ? new JsonArray([.. entries.Select(entry => entry.Value?.DeepClone())])
        : new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Name!, entry.Value?.DeepClone())));
}
