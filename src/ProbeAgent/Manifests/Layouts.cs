using ProbeAgent.Yaml;

namespace ProbeAgent.Manifests;

/// <summary>How a file's blocks are indented, which need not be the same everywhere: what stands nearest to a place counts there.</summary>
internal sealed class Layouts
{
    private readonly List<(int Offset, int Spaces)> maps = [];
    private readonly List<(int Offset, int Spaces)> lists = [];

    /// <summary>Looks at the documents of a text.</summary>
    public Layouts(ManifestText text, IEnumerable<ManifestNode> roots)
    {
        foreach (var root in roots)
        {
            Look(text, root);
        }
    }

    /// <summary>The layout near a place.</summary>
    public YamlLayout Near(int offset)
    {
        var usual = new YamlLayout();
        return new YamlLayout(Nearest(maps, offset) ?? usual.Indentation, Nearest(lists, offset) ?? usual.ListIndentation);
    }

    private static int? Nearest(List<(int Offset, int Spaces)> seen, int offset) =>
        seen.Count == 0 ? null : seen.MinBy(one => Math.Abs(one.Offset - offset)).Spaces;

    private void Look(ManifestText text, ManifestNode node)
    {
        foreach (var entry in node.Entries)
        {
            var child = entry.Value;
            if (child.Entries.Count > 0 && text.IsFirstInLine(child.Entries[0].Start))
            {
                var from = child.IsFlow ? text.Indentation(child.ContentStart).Length : text.Column(entry.Start);
                Note(node, child, text.Column(child.Entries[0].Start) - from);
            }

            Look(text, child);
        }
    }

    private void Note(ManifestNode node, ManifestNode child, int spaces)
    {
        if (child.Style == NodeStyle.BlockList && node.Style == NodeStyle.BlockMap)
        {
            lists.Add((child.ContentStart, spaces));
        }
        else if (spaces > 0 && child.Style != NodeStyle.BlockList && node.Style != NodeStyle.BlockList)
        {
            maps.Add((child.ContentStart, spaces));
        }
    }
}
