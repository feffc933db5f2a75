using System.Text.Json.Nodes;
using ProbeAgent.Yaml;

namespace ProbeAgent.Manifests;

/// <summary>Changes entries that stand in blocks, where indentation says what belongs to what.</summary>
internal sealed class BlockEditor(ManifestText text, Layouts layouts, TextEdits edits) : IEntryEditor
{
    /// <inheritdoc/>
    public void SetValue(ManifestNode? parent, ManifestEntry entry, JsonNode? value)
    {
        var node = entry.Value;
        var isAtHolder = node.Style != NodeStyle.Text && node.End <= text.LineEnd(entry.HolderEnd);
        if (isAtHolder && value is null or JsonValue or JsonObject { Count: 0 } or JsonArray { Count: 0 } && OneLine(value) is { } line)
        {
            var from = node.Tag is null ? node.ContentStart : node.Start;
            var anchor = node is { Tag: not null, Anchor: not null } ? $"&{node.Anchor} " : "";
            edits.Replace(from, node.End, SpaceAt(from) + anchor + line);
            return;
        }

        Rewrite(parent, entry, value);
    }

    /// <inheritdoc/>
    public void Exchange(ManifestNode parent, ManifestEntry entry, IReadOnlyList<NewEntry> others)
    {
        var end = text.LineEnd(entry.End);
        var comments = text.CommentsIn(entry.Start, end).Select(comment => comment.Text);
        edits.Replace(entry.Start, end, Joined([.. comments, .. Lines(others, entry.Start)], text.Column(entry.Start)));
    }

    /// <inheritdoc/>
    public void Remove(ManifestNode parent, int first, int last)
    {
        var start = parent.Entries[first].Start;
        var column = text.Column(start);
        if (text.IsFirstInLine(start))
        {
            var end = text.NextLine(parent.Entries[last].End);
            var kept = text.CommentsIn(start, end).Select(comment => YamlWriter.Indented(comment.Text, column) + text.NewLine);
            edits.Replace(text.LineStart(start), end, string.Concat(kept));
            return;
        }

        // Behind a '-' of the list that this stands in: the next entry moves up there.
        var next = parent.Entries[last + 1].Start;
        var comments = text.CommentsIn(start, next).Select(comment => comment.Text).ToList();
        edits.Replace(start, next, comments.Count == 0 ? "" : Joined([.. comments, ""], column) + new string(' ', column));
    }

    /// <inheritdoc/>
    public void Insert(ManifestNode parent, int number, IReadOnlyList<NewEntry> entries)
    {
        var first = parent.Entries[0].Start;
        var column = text.Column(first);
        if (number == 0 && !text.IsFirstInLine(first))
        {
            edits.Insert(first, Joined([.. Lines(entries, first), ""], column) + new string(' ', column));
            return;
        }

        var at = number > 0 ? BelowComments(text.NextLine(parent.Entries[number - 1].End), column) : AboveComments(text.LineStart(first));
        var lines = Lines(entries, number > 0 ? parent.Entries[number - 1].Start : first);
        edits.Insert(at, string.Concat(lines.Select(line => YamlWriter.Indented(line, column) + text.NewLine)));
    }

    // Value, anchor and comments from the ':' or '-' on to the end of the line in which the old value ends.
    private void Rewrite(ManifestNode? parent, ManifestEntry entry, JsonNode? value)
    {
        var node = entry.Value;
        var (start, end) = (entry.HolderEnd, text.LineEnd(node.End));
        var comments = text.CommentsIn(start, end).ToList();
        var beside = comments.Count > 0 && comments[0].Start < text.LineEnd(start) ? comments[0].Text : null;
        var others = comments.Skip(beside is null ? 0 : 1).Select(comment => comment.Text).ToList();
        var layout = layouts.Near(entry.Start);
        var column = parent is null ? 0 : text.Column(entry.Start);
        var head = new[] { node.Anchor is null ? null : "&" + node.Anchor };
        if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            var depth = column + (parent, value) switch
            {
                (null, _) => 0,
                ({ Style: NodeStyle.BlockList }, _) => 2,
                (_, JsonArray) => layout.ListIndentation,
                _ => layout.Indentation,
            };
            List<string> body = [.. others, .. YamlWriter.Lines(value, layout)];
            var goesOn = node.Anchor is null && beside is null && (parent is null ? text.IsFirstInLine(start) : entry.Key is null && others.Count == 0);
            edits.Replace(start, end, goesOn
                ? SpaceAt(start) + Joined(body, depth)
                : Beside(start, [.. head, beside]) + text.NewLine + YamlWriter.Indented(Joined(body, depth), depth));
            return;
        }

        // Comments cannot follow a text of several lines, they would be a part of it.
        var lines = others.Count == 0 ? YamlWriter.Lines(value, layout) : [OneLine(value) ?? YamlWriter.Scalar((JsonValue?)value)];
        var below = others.Select(comment => YamlWriter.Indented(comment, layout.Indentation));
        edits.Replace(start, end, Joined([Beside(start, [.. head, lines[0], beside]), .. lines.Skip(1), .. below], column));
    }

    private static string? OneLine(JsonNode? value) =>
        YamlWriter.Lines(value, default) is [var line] ? line : null;

    private IReadOnlyList<string> Lines(IReadOnlyList<NewEntry> entries, int near) => YamlWriter.Lines(NewEntry.Together(entries), layouts.Near(near));

    private string Joined(IReadOnlyList<string> lines, int column) =>
        string.Join(text.NewLine, lines.Select((line, number) => number == 0 ? line : YamlWriter.Indented(line, column)));

    private string Beside(int start, IReadOnlyList<string?> words)
    {
        var line = string.Join(' ', words.Where(word => word is not null));
        return line.Length == 0 ? "" : SpaceAt(start) + line;
    }

    private string SpaceAt(int offset) => offset == 0 || char.IsWhiteSpace(text.Text[offset - 1]) ? "" : " ";

    // Comments that are indented further than the entries belong to the last of them: lines of it, as a rule, that were taken out.
    private int BelowComments(int lineStart, int column)
    {
        var end = lineStart;
        for (var line = lineStart; line < text.Text.Length && text.IsLineWithoutContent(line); line = text.NextLine(line))
        {
            var depth = text.Indentation(line).Length;
            if (line + depth == text.LineEnd(line))
            {
                continue;
            }

            if (depth <= column)
            {
                break;
            }

            end = text.NextLine(line);
        }

        return end;
    }

    // A comment above the first entry is about that one, and stays with it.
    private int AboveComments(int lineStart)
    {
        var at = lineStart;
        while (at > 0 && text.IsLineWithoutContent(text.LineStart(at - 1)))
        {
            at = text.LineStart(at - 1);
        }

        return at == 0 ? lineStart : at;
    }
}
