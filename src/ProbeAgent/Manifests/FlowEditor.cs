using System.Text.Json.Nodes;

namespace ProbeAgent.Manifests;

/// <summary>Changes entries that stand in brackets or braces, in one line or spread over several.</summary>
internal sealed class FlowEditor(ManifestText text, Layouts layouts, TextEdits edits, bool isJson) : IEntryEditor
{
    /// <inheritdoc/>
    public void SetValue(ManifestNode? parent, ManifestEntry entry, JsonNode? value)
    {
        var node = entry.Value;
        var start = node.Tag is null ? node.ContentStart : node.Start;
        var anchor = node is { Tag: not null, Anchor: not null } ? $"&{node.Anchor} " : "";
        var isSpread = (parent is not null && IsSpread(parent)) || text.LineEnd(node.ContentStart) < node.End;
        var before = Colon(entry) + Comments(start, node.End);
        var space = before.EndsWith(':') || (before.Length == 0 && start > 0 && text.Text[start - 1] == ':') ? " " : "";
        edits.Replace(start, node.End, before + space + anchor + Written(parent, start, value, isSpread));
    }

    /// <inheritdoc/>
    public void Exchange(ManifestNode parent, ManifestEntry entry, IReadOnlyList<NewEntry> others) =>
        edits.Replace(entry.Start, entry.End, Comments(entry.Start, entry.End) + Entries(parent, others));

    /// <inheritdoc/>
    public void Remove(ManifestNode parent, int first, int last)
    {
        if (last + 1 < parent.Entries.Count)
        {
            var (start, next) = (parent.Entries[first].Start, parent.Entries[last + 1].Start);
            edits.Replace(start, next, Comments(start, next));
            return;
        }

        var (before, end) = (parent.Entries[first - 1].End, parent.Entries[last].End);
        edits.Replace(before, end, Comments(before, end));
    }

    /// <inheritdoc/>
    public void Insert(ManifestNode parent, int number, IReadOnlyList<NewEntry> entries)
    {
        var (written, separator) = (Entries(parent, entries), Separator(parent));
        if (number == 0)
        {
            edits.Insert(parent.Entries[0].Start, written + separator);
            return;
        }

        var end = parent.Entries[number - 1].End;
        var comma = ManifestText.Find(text.Text, ',', end, number < parent.Entries.Count ? parent.Entries[number].Start : parent.End);
        var behind = comma < 0 ? end : comma + 1;
        if (!IsSpread(parent) || !text.IsLastInLine(behind))
        {
            edits.Insert(end, separator + written);
            return;
        }

        if (comma < 0)
        {
            edits.Insert(end, ",");
        }

        edits.Insert(text.LineEnd(behind), separator[1..] + written + (comma < 0 ? "" : ","));
    }

    // True where each entry has a line.
    private bool IsSpread(ManifestNode parent) => parent.Entries.Count > 0 && text.LineEnd(parent.ContentStart) < parent.Entries[0].Start;

    private string Separator(ManifestNode parent) =>
        IsSpread(parent) ? "," + text.NewLine + text.Indentation(parent.Entries[0].Start) : ", ";

    private string Entries(ManifestNode parent, IReadOnlyList<NewEntry> entries) => string.Join(Separator(parent), entries.Select(entry =>
    {
        var value = Written(parent, parent.Entries[0].Start, entry.Value, IsSpread(parent));
        return entry.Name is null ? value : Writer(parent).Member(entry.Name, value);
    }));

    private string Written(ManifestNode? parent, int start, JsonNode? value, bool isSpread)
    {
        var indentation = text.Indentation(start);
        var step = indentation.StartsWith('\t') ? "\t" : new string(' ', layouts.Near(start).Indentation);
        return isSpread ? Writer(parent).Lines(value, text.NewLine + indentation, step) : Writer(parent).Line(value);
    }

    private FlowWriter Writer(ManifestNode? parent) => new(isJson || parent?.Entries.Any(entry => text.Text[(entry.Key ?? entry.Value).ContentStart] == '"') == true);

    // A key alone has none.
    private string Colon(ManifestEntry entry) => entry.Key is not null && text.Text[entry.HolderEnd - 1] != ':' ? ":" : "";

    // The comments of a span, each with the end of its line, for what comes in the place of the span.
    private string Comments(int start, int end)
    {
        var between = text.NewLine + text.Indentation(start) + (text.IsFirstInLine(start) ? "" : " ");
        var kept = string.Concat(text.CommentsIn(start, end).Select(comment => comment.Text + between));
        return kept.Length == 0 || (start > 0 && char.IsWhiteSpace(text.Text[start - 1])) ? kept : " " + kept;
    }
}
