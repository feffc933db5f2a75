using System.Text.Json.Nodes;

namespace ProbeAgent.Manifests;

/// <summary>
/// Goes through a document beside the value that it is to have, in the order of the text, and changes what differs. What an alias
/// means depends on what was before it, so nothing is passed over.
/// </summary>
internal sealed class Reconciliation(IEntryEditor blocks, IEntryEditor flows)
{
    private readonly KeptAnchors anchors = new();

    /// <summary>Makes a document's root mean a value.</summary>
    public void Visit(ManifestNode root, JsonNode? desired) =>
        Visit(null, new ManifestEntry(null, root, root.Start, root.Start), desired);

    private IEntryEditor Editor(ManifestNode? parent, ManifestNode node) => (parent ?? node).IsFlow ? flows : blocks;

    private void Visit(ManifestNode? parent, ManifestEntry entry, JsonNode? desired)
    {
        var node = entry.Value;
        if (node.Target is not null ? anchors.Means(node, desired) : node.Style == NodeStyle.FlowPair && IsKept(node, desired))
        {
            return;
        }

        if (node.Target is null)
        {
            anchors.Keep(node, desired);
        }

        if (node.IsMap && node.Entries.Count > 0 && desired is JsonObject { Count: > 0 } map)
        {
            VisitMap(node, map);
        }
        else if (node.IsList && node.Entries.Count > 0 && desired is JsonArray { Count: > 0 } list)
        {
            VisitList(node, list);
        }
        else if (node.Target is not null || node.Style == NodeStyle.FlowPair || !JsonNode.DeepEquals(node.Value, desired))
        {
            Editor(parent, node).SetValue(parent, entry, desired);
        }
    }

    private bool IsKept(ManifestNode node, JsonNode? desired) => JsonNode.DeepEquals(node.Value, desired) && anchors.KeepAsItIs(node);

    private void VisitMap(ManifestNode node, JsonObject desired)
    {
        var plan = new MapPlan(node, desired, anchors);
        var (editor, run) = (Editor(node, node), new EntryRun(node, Editor(node, node)));
        for (var i = 0; i < node.Entries.Count; i++)
        {
            var entry = node.Entries[i];
            if (plan.PlaceOf(entry) is { } others)
            {
                if (others.Count == 0)
                {
                    run.Take(i);
                    continue;
                }

                run.End();
                editor.Exchange(node, entry, others);
                continue;
            }

            run.End();
            if (entry.IsMerge)
            {
                anchors.KeepAsItIs(entry.Value);
                continue;
            }

            anchors.Keep(entry.Key!, entry.Key!.Value);
            Visit(node, entry, desired[MergedValue.Name(entry)]);
        }

        run.End();
        if (plan.Added.Count > 0)
        {
            editor.Insert(node, node.Entries.Count, [.. plan.Added]);
        }
    }

    private void VisitList(ManifestNode node, JsonArray desired)
    {
        var (old, next) = (0, 0);
        foreach (var (oldMatch, newMatch) in Alignment.Of((JsonArray)node.Value!, desired).Append((node.Entries.Count, desired.Count)))
        {
            for (; old < oldMatch && next < newMatch; old++, next++)
            {
                VisitOther(node, node.Entries[old], desired[next]);
            }

            if (old < oldMatch)
            {
                Editor(node, node).Remove(node, old, oldMatch - 1);
            }

            if (next < newMatch)
            {
                Editor(node, node).Insert(node, old, [.. desired.Skip(next).Take(newMatch - next).Select(item => new NewEntry(null, item))]);
            }

            if (oldMatch < node.Entries.Count)
            {
                Visit(node, node.Entries[oldMatch], desired[newMatch]);
            }

            (old, next) = (oldMatch + 1, newMatch + 1);
        }
    }

    // An item in the place of one that is gone.
    private void VisitOther(ManifestNode list, ManifestEntry item, JsonNode? desired)
    {
        if (!Alignment.AreOthers(item.Value.Value, desired))
        {
            Visit(list, item, desired);
            return;
        }

        if (item.Value.Target is null)
        {
            anchors.Keep(item.Value, desired);
        }

        Editor(list, item.Value).SetValue(list, item, desired);
    }
}
