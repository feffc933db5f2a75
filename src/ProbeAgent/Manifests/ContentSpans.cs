using YamlDotNet.Core.Events;

namespace ProbeAgent.Manifests;

/// <summary>The spans of a text in which <c>#</c> makes no comment, as they are read: scalars, aliases, anchors, tags.</summary>
internal sealed class ContentSpans(string text)
{
    private readonly List<(int Start, int End)> spans = [];

    /// <summary>All of them, in their order.</summary>
    public IReadOnlyList<(int Start, int End)> All => spans;

    /// <summary>A scalar in one piece, or an alias. Gives its end.</summary>
    public int Add(int start, int end)
    {
        spans.Add((start, end));
        return end;
    }

    /// <summary>
    /// A text behind <c>|</c> or <c>&gt;</c>, whose first line may end in a comment. Gives its end without that of the last line and, unless
    /// they are kept (<c>|+</c>), the empty lines below it.
    /// </summary>
    public int AddText(int start, int end)
    {
        var lineEnd = text.IndexOf('\n', start, end - start);
        spans.Add((lineEnd < 0 ? end : lineEnd, end));
        var header = text[start..(lineEnd < 0 ? end : lineEnd)];
        if (!header.Split('#')[0].Contains('+', StringComparison.Ordinal))
        {
            return start + text[start..end].TrimEnd().Length;
        }

        return end > start && text[end - 1] == '\n' ? end - 1 : end;
    }

    /// <summary>Anchor and tag of a node. Gives where its content begins; of no content at all, where the last of them ends.</summary>
    public int AddProperties(NodeEvent node, int start, bool isEmpty)
    {
        var behind = start;
        for (var left = (node.Anchor.IsEmpty ? 0 : 1) + (node.Tag.IsEmpty ? 0 : 1); left > 0 && behind < text.Length; left--)
        {
            var from = ManifestText.SkipSpace(text, behind);
            behind = ManifestText.SkipWord(text, from);
            spans.Add((from, behind));
        }

        return isEmpty || behind == start ? behind : ManifestText.SkipSpace(text, behind);
    }
}
