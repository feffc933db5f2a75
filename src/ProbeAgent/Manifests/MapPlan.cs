using System.Text.Json.Nodes;

namespace ProbeAgent.Manifests;

/// <summary>What becomes of the entries of a mapping. A key that comes takes the place of one that goes.</summary>
internal sealed class MapPlan
{
    private readonly Dictionary<ManifestEntry, IReadOnlyList<NewEntry>> places = new(ReferenceEqualityComparer.Instance);

    /// <summary>Compares a mapping with what it is to be.</summary>
    public MapPlan(ManifestNode map, JsonObject desired, KeptAnchors anchors)
    {
        var written = map.Entries.Where(entry => !entry.IsMerge).Select(MergedValue.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var merge in map.Entries.Where(entry => entry.IsMerge))
        {
            var merged = anchors.Merged(merge.Value, map, desired);
            if (merged is not null && merged.All(part => desired.ContainsKey(part.Key)))
            {
                written.UnionWith(merged.Where(part => JsonNode.DeepEquals(part.Value, desired[part.Key])).Select(part => part.Key));
                continue;
            }

            // What it takes in is no longer what it took in, and more than is wanted.
            var names = MergedValue.Sources(merge.Value.Value).SelectMany(source => source.Select(part => part.Key)).Where(desired.ContainsKey);
            places.Add(merge, [.. names.Where(written.Add).Select(name => new NewEntry(name, desired[name]))]);
        }

        var added = new Queue<NewEntry>(desired.Where(member => !written.Contains(member.Key)).Select(member => new NewEntry(member.Key, member.Value)));
        foreach (var entry in map.Entries.Where(entry => entry.IsMerge ? PlaceOf(entry) is [] : !desired.ContainsKey(MergedValue.Name(entry))))
        {
            places[entry] = added.TryDequeue(out var other) ? [other] : [];
        }

        Added = [.. added];
    }

    /// <summary>What comes behind the last entry.</summary>
    public IReadOnlyList<NewEntry> Added { get; }

    /// <summary>What comes in the place of an entry, nothing where it just goes; null where it stays.</summary>
    public IReadOnlyList<NewEntry>? PlaceOf(ManifestEntry entry) => places.GetValueOrDefault(entry);
}
