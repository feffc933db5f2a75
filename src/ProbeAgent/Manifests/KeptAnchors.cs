using System.Text.Json.Nodes;

namespace ProbeAgent.Manifests;

/// <summary>What the anchors of the new text stand for, as far as it has been gone through: a name counts from its place on, until it is given again.</summary>
internal sealed class KeptAnchors
{
    private readonly Dictionary<string, JsonNode?> values = new(StringComparer.Ordinal);

    /// <summary>A node stays, with this value.</summary>
    public void Keep(ManifestNode node, JsonNode? value)
    {
        if (node.Anchor is not null)
        {
            values[node.Anchor] = value;
        }
    }

    /// <summary>True where an alias has this value in the new text.</summary>
    public bool Means(ManifestNode alias, JsonNode? value) => values.TryGetValue(alias.Text, out var kept) && JsonNode.DeepEquals(kept, value);

    /// <summary>A node stays as it is written; false where its aliases would then make another value of it.</summary>
    public bool KeepAsItIs(ManifestNode node)
    {
        if (node.Target is not null)
        {
            return Means(node, node.Value);
        }

        Keep(node, node.Value);
        return node.Entries.All(entry => (entry.Key is null || KeepAsItIs(entry.Key)) && KeepAsItIs(entry.Value));
    }

    /// <summary>What a merge takes in, if it stays as it is written; null where that is not known.</summary>
    /// <param name="merge">The merge's value.</param>
    /// <param name="map">The mapping that it is merged into, whose entries are not gone through yet.</param>
    /// <param name="desired">What the mapping is to be.</param>
    public JsonObject? Merged(ManifestNode merge, ManifestNode map, JsonObject desired)
    {
        var sources = merge.IsList ? merge.Entries.Select(entry => entry.Value) : [merge];
        var value = new JsonObject();
        foreach (var source in sources)
        {
            if (Source(source, map, desired) is not { } merged)
            {
                return null;
            }

            foreach (var (name, part) in merged)
            {
                value.TryAdd(name, part?.DeepClone());
            }
        }

        return value;
    }

    private JsonObject? Source(ManifestNode source, ManifestNode map, JsonObject desired) => source.Target switch
    {
        null => source.Entries.All(entry => entry.Value is { Entries.Count: 0, Target: null }) ? source.Value as JsonObject : null,
        { } target when target.Start < map.Start => values.GetValueOrDefault(source.Text) as JsonObject,
        { } target => WillStay(map.Entries.Last(entry => entry.Start <= target.Start), desired) ? target.Value as JsonObject : null,
    };

    private static bool WillStay(ManifestEntry entry, JsonObject desired) =>
        !entry.IsMerge && desired.TryGetPropertyValue(MergedValue.Name(entry), out var value) && JsonNode.DeepEquals(entry.Value.Value, value);
}
