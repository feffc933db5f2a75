using System.Text.Json.Nodes;
using ProbeAgent.Yaml;

namespace ProbeAgent.Manifests;

/// <summary>A text of one or more manifests, YAML or JSON, which can be changed without touching what stays.</summary>
internal sealed class ManifestFile
{
    private const string ByteOrderMark = "\uFEFF";

    private readonly string original;
    private readonly ManifestText text;
    private readonly IReadOnlyList<ManifestNode> roots;

    private ManifestFile(string original, ManifestText text, IReadOnlyList<ManifestNode> roots)
    {
        this.original = original;
        this.text = text;
        this.roots = roots;
        Documents = [.. roots.Where(root => root.Value is not null).Select(root => new ManifestDocument(root))];
    }

    /// <summary>The documents, in their order; empty ones, of comments alone, are none.</summary>
    public IReadOnlyList<ManifestDocument> Documents { get; }

    /// <summary>Reads it; null and why where it is not YAML.</summary>
    public static (ManifestFile? File, YamlMistake? Mistake) Read(string text)
    {
        var body = text.StartsWith(ByteOrderMark, StringComparison.Ordinal) ? text[1..] : text;
        var (roots, read, mistake) = ManifestReader.Read(body);
        return mistake is null ? (new ManifestFile(text, read, roots), null) : (null, UnreadableText.Explain(body, mistake));
    }

    /// <summary>The text with the documents' values changed to the given ones; all else of it stays as it is. Null and why where that cannot be.</summary>
    public (string? Text, YamlMistake? Mistake) With(IReadOnlyDictionary<ManifestDocument, JsonNode> values)
    {
        var desired = Documents.Select(document => values.GetValueOrDefault(document, document.Value)).ToList();
        if (Changed(desired) is not { } changed)
        {
            return (null, NotChangeable(Documents[0].Root.At));
        }

        // Without an end of its last line it stays, unless that end has come to mean something.
        string[] forms = original.EndsWith('\n') ? [changed] : [changed[..^text.NewLine.Length], changed];
        var mark = original.StartsWith(ByteOrderMark, StringComparison.Ordinal) ? ByteOrderMark : "";
        YamlMistake? mistake = null;
        foreach (var form in forms)
        {
            var one = Verify(form, desired);
            if (one is null)
            {
                return (mark + form, null);
            }

            mistake ??= one;
        }

        return (null, mistake);
    }

    private static YamlMistake NotChangeable(TextPosition at) => new(at,
        "what stands here cannot be changed without touching what is around it; write it out plainly, in lines of its own and without anchors, aliases and tags");

    private string? Changed(List<JsonNode> desired)
    {
        if (Documents.Count == 0)
        {
            return text.Text;
        }

        var (edits, layouts) = (new TextEdits(), new Layouts(text, roots));
        for (var i = 0; i < Documents.Count; i++)
        {
            var root = Documents[i].Root;
            new Reconciliation(new BlockEditor(text, layouts, edits), new FlowEditor(text, layouts, edits, root.IsFlow)).Visit(root, desired[i]);
        }

        CloseLastText(edits);
        return edits.Apply(text.Text);
    }

    // A text behind '|' that the file's end cuts off has no end of line; where lines come to follow, it has to say so.
    private void CloseLastText(TextEdits edits)
    {
        var last = roots[^1];
        while (last.Entries.Count > 0)
        {
            last = last.Entries[^1].Value;
        }

        if (last.Style == NodeStyle.Text && !original.EndsWith('\n') && !last.Text.EndsWith('\n')
            && edits.ReachesTo(text.Text.Length) && !edits.Covers(last.ContentStart))
        {
            var header = text.Text[last.ContentStart..text.LineEnd(last.ContentStart)].Split(' ', '#')[0];
            edits.Replace(last.ContentStart, last.ContentStart + header.Length, header.TrimEnd('+', '-') + "-");
        }
    }

    // The one thing that must never be is a text that means something else than was wanted.
    private YamlMistake? Verify(string changed, List<JsonNode> desired)
    {
        var (newRoots, newText, mistake) = ManifestReader.Read(changed);
        var values = newRoots.Select(root => root.Value).Where(value => value is not null).ToList();
        if (mistake is not null || values.Count != desired.Count)
        {
            var touched = Documents.Zip(desired).FirstOrDefault(pair => !JsonNode.DeepEquals(pair.First.Value, pair.Second)).First;
            return NotChangeable((touched ?? Documents[0]).Root.At);
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (Difference.Between(values[i], desired[i]) is { } pointer)
            {
                return NotChangeable(Documents[i].PositionOf(pointer));
            }
        }

        var comments = newText.Comments.Select(comment => comment.Text).Order(StringComparer.Ordinal);
        return comments.SequenceEqual(text.Comments.Select(comment => comment.Text).Order(StringComparer.Ordinal))
            ? null : NotChangeable(Documents[0].Root.At);
    }
}
