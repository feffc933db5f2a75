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
    public JsonObject? Merged(ManifestNode merge, int before)
    {
        var sources = merge.IsList ? merge.Entries.Select(entry => entry.Value) : [merge];
        var value = new JsonObject();
        foreach (var source in sources)
        {
            if (Source(source, before) is not { } merged)
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

    // What is named in the very mapping that it is merged into is not gone through yet.
    private JsonObject? Source(ManifestNode source, int before) => source.Target switch
    {
        null => source.Size == 1 + source.Entries.Count && source.Entries.All(entry => entry.Value.Target is null) ? source.Value as JsonObject : null,
        { } target => target.Start < before && values.TryGetValue(source.Text, out var kept) ? kept as JsonObject : null,
    };
}
