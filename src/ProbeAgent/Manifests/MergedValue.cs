using System.Text.Json.Nodes;

namespace ProbeAgent.Manifests;

/// <summary>The value of a mapping: its own keys win over merged ones, and what is merged first over what comes after.</summary>
internal static class MergedValue
{
    /// <summary>True where the value of <c>&lt;&lt;</c> can be merged.</summary>
    public static bool CanMerge(ManifestNode value) => value.Value switch
    {
        JsonObject => true,
        JsonArray list => list.All(item => item is JsonObject),
        _ => false,
    };

    /// <summary>The value of the entries. Values of own keys become part of it, merged ones are copied.</summary>
    public static JsonObject Of(IReadOnlyList<ManifestEntry> entries)
    {
        var own = entries.Where(entry => !entry.IsMerge).Select(Name).ToHashSet(StringComparer.Ordinal);
        var value = new JsonObject();
        foreach (var entry in entries)
        {
            if (!entry.IsMerge)
            {
                value[Name(entry)] = entry.Value.Value;
                continue;
            }

            foreach (var (name, merged) in Sources(entry.Value.Value).SelectMany(source => source).Where(pair => !own.Contains(pair.Key)))
            {
                value.TryAdd(name, merged?.DeepClone());
            }
        }

        return value;
    }

    /// <summary>The key's word.</summary>
    public static string Name(ManifestEntry entry) => (entry.Key!.Target ?? entry.Key).Text;

    /// <summary>The mappings that a merge takes in, the strongest first.</summary>
    public static IEnumerable<JsonObject> Sources(JsonNode? merged) =>
        merged is JsonArray list ? list.OfType<JsonObject>() : [(JsonObject)merged!];
}
