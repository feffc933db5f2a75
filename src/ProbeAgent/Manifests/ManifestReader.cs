using System.Text.Json.Nodes;
using ProbeAgent.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ProbeAgent.Manifests;

/// <summary>Reads a text into nodes that know where they stand. Its work is bounded, whatever the text's aliases make of it.</summary>
internal sealed class ManifestReader
{
    private const int MaxDepth = 200;
    private const int MaxNodes = 1_000_000;

    private readonly string text;
    private readonly Parser events;
    private readonly Stack<TextPosition> brackets = [];
    private readonly ContentSpans contents;
    private readonly Dictionary<string, ManifestNode?> anchors = new(StringComparer.Ordinal);
    private YamlMistake? mistake;
    private int nodes;

    private ManifestReader(string text)
    {
        this.text = text;
        contents = new ContentSpans(text);
        events = new Parser(new StringReader(text));
    }

    /// <summary>The roots of its documents, and the text with its comments; the mistake instead where it is not to be read.</summary>
    public static (IReadOnlyList<ManifestNode> Roots, ManifestText Text, YamlMistake? Mistake) Read(string text)
    {
        if (TextRule.ControlCharacter(text) is { } control)
        {
            return ([], new ManifestText(text, []), control);
        }

        var reader = new ManifestReader(text);
        var roots = new List<ManifestNode>();
        try
        {
            reader.ReadDocuments(roots);
        }
        catch (YamlException exception)
        {
            reader.mistake = SyntaxMistake.Of(exception, reader.brackets);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The library's scanner loses its way in some unclosed brackets.
            reader.Refuse(reader.brackets.Count > 0 ? reader.brackets.Peek() : new TextPosition(1, 1), "this is not YAML: the bracket or brace here has no end");
        }

        return (roots, new ManifestText(text, reader.contents.All), reader.mistake);
    }

    private static TextPosition Position(Mark mark) => new((int)mark.Line, (int)mark.Column);

    private void ReadDocuments(List<ManifestNode> roots)
    {
        events.Consume<StreamStart>();
        while (events.TryConsume<DocumentStart>(out _))
        {
            anchors.Clear();
            nodes = 0;
            if (ReadNode(depth: 1) is not { } root)
            {
                return;
            }

            roots.Add(root);
            events.Consume<DocumentEnd>();
        }
    }

    // Null where something is refused.
    private ManifestNode? ReadNode(int depth)
    {
        if (events.TryConsume<AnchorAlias>(out var alias))
        {
            return ReadAlias(alias, depth);
        }

        var node = events.Consume<NodeEvent>();
        if (depth > MaxDepth || ++nodes > MaxNodes)
        {
            return Refuse(Position(node.Start), $"nested deeper than {MaxDepth} levels, or of more than {MaxNodes} parts, which no manifest is");
        }

        var anchor = node.Anchor.IsEmpty ? null : node.Anchor.Value;
        if (anchor is not null)
        {
            // Until it is whole, what refers to it would hold itself.
            anchors[anchor] = null;
        }

        var read = node is Scalar scalar ? ReadScalar(scalar) : ReadCollection(node, depth);
        if (read is not null && anchor is not null && anchors[anchor] is null)
        {
            anchors[anchor] = read;
        }

        return read;
    }

    private ManifestNode? ReadAlias(AnchorAlias alias, int depth)
    {
        var (at, name) = (Position(alias.Start), alias.Value.Value);
        if (!anchors.TryGetValue(name, out var target))
        {
            return Refuse(at, $"'*{KeyText.Of(name)}' names an anchor that is not there; '&{KeyText.Of(name)}' belongs before a value above it in the same document");
        }

        if (target is null)
        {
            return Refuse(at, $"'*{KeyText.Of(name)}' stands inside of what it names, which would never end; write the value out");
        }

        nodes += target.Size;
        if (nodes > MaxNodes || depth + target.Height - 1 > MaxDepth)
        {
            return Refuse(at, $"with its aliases written out the document is of more than {MaxNodes} parts or deeper than {MaxDepth} levels, which no manifest is");
        }

        var (start, end) = ((int)alias.Start.Index, (int)alias.End.Index);
        contents.Add(start, end);
        return new ManifestNode
        {
            Style = NodeStyle.Alias,
            At = at,
            Start = start,
            ContentStart = start,
            End = end,
            Text = name,
            Target = target,
            Value = target.Value?.DeepClone(),
            Size = target.Size,
            Height = target.Height,
        };
    }

    private ManifestNode ReadScalar(Scalar scalar)
    {
        // The nothing behind a last '---' is said to stand behind the text's end.
        var start = Math.Min((int)scalar.Start.Index, text.Length);
        var style = scalar.Style switch
        {
            ScalarStyle.Plain => NodeStyle.Plain,
            ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => NodeStyle.Quoted,
            _ => NodeStyle.Text,
        };
        var isEmpty = style == NodeStyle.Plain && scalar.Value.Length == 0;
        var content = contents.AddProperties(scalar, start, isEmpty);
        var end = isEmpty ? content : Math.Min((int)scalar.End.Index, text.Length);
        end = style == NodeStyle.Text ? contents.AddText(content, end) : contents.Add(content, end);
        return new ManifestNode
        {
            Style = style,
            At = Position(scalar.Start),
            Start = start,
            ContentStart = content,
            End = end,
            Size = 1,
            Height = 1,
            Anchor = Anchor(scalar),
            Tag = Tag(scalar),
            Text = scalar.Value,
            Value = ScalarValue.Of(scalar),
        };
    }

    private ManifestNode? ReadCollection(NodeEvent node, int depth)
    {
        var (start, at) = ((int)node.Start.Index, Position(node.Start));
        var content = contents.AddProperties(node, start, isEmpty: false);
        var isMap = node is MappingStart;
        var isFlow = node is MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow };

        // Of a pair without braces the library does not know where it begins, and says 0.
        var isPair = isFlow && isMap && brackets.Count > 0 && start == 0;
        if (isFlow)
        {
            brackets.Push(at);
        }

        var (entries, end) = isMap ? ReadEntries(isFlow && !isPair, content, depth) : ReadItems(isFlow, content, depth);
        if (entries is null)
        {
            return null;
        }

        if (isFlow)
        {
            brackets.Pop();
        }

        (start, content, at) = isPair ? (entries[0].Start, entries[0].Start, entries[0].Key!.At) : (start, content, at);
        return new ManifestNode
        {
            Style = isPair ? NodeStyle.FlowPair : StyleOf(isMap, isFlow),
            At = at,
            Start = start,
            ContentStart = content,
            End = end,
            Anchor = Anchor(node),
            Tag = Tag(node),
            Entries = entries,
            Size = 1 + entries.Sum(entry => entry.Value.Size),
            Height = 1 + entries.Select(entry => entry.Value.Height).DefaultIfEmpty().Max(),
            Value = isMap ? MergedValue.Of(entries) : new JsonArray([.. entries.Select(entry => entry.Value.Value)]),
        };
    }

    private static NodeStyle StyleOf(bool isMap, bool isFlow) => (isMap, isFlow) switch
    {
        (true, true) => NodeStyle.FlowMap,
        (true, false) => NodeStyle.BlockMap,
        (false, true) => NodeStyle.FlowList,
        _ => NodeStyle.BlockList,
    };

    private (List<ManifestEntry>? Items, int End) ReadItems(bool isFlow, int start, int depth)
    {
        var (items, end) = (new List<ManifestEntry>(), start);
        SequenceEnd? last;
        while (!events.TryConsume<SequenceEnd>(out last))
        {
            if (ReadNode(depth + 1) is not { } item)
            {
                return (null, end);
            }

            var dash = isFlow ? item.Start : ManifestText.Find(text, '-', end, item.Start);
            items.Add(new ManifestEntry(null, item, dash, isFlow ? item.Start : dash + 1));
            end = item.End;
        }

        return (items, isFlow ? (int)last!.Start.Index + 1 : end);
    }

    private (List<ManifestEntry>? Entries, int End) ReadEntries(bool isInBraces, int start, int depth)
    {
        var (entries, end) = (new List<ManifestEntry>(), start);
        var firsts = new Dictionary<string, TextPosition>(StringComparer.Ordinal);
        MappingEnd? last;
        while (!events.TryConsume<MappingEnd>(out last))
        {
            if (ReadNode(depth + 1) is not { } key || !IsGoodKey(key, firsts) || ReadNode(depth + 1) is not { } value)
            {
                return (null, end);
            }

            var question = ManifestText.Find(text, '?', end, key.Start);
            var colon = ManifestText.Find(text, ':', key.End, value.Start);
            var entry = new ManifestEntry(key, value, question < 0 ? key.Start : question, colon < 0 ? key.End : colon + 1);
            if (entry.IsMerge && !MergedValue.CanMerge(value))
            {
                Refuse(value.At, "'<<' takes in a mapping, or a list of mappings, as '<<: *name'; put it in quotes where it is a key like any other");
                return (null, end);
            }

            entries.Add(entry);
            end = value.End;
        }

        return (entries, isInBraces ? (int)last!.Start.Index + 1 : end);
    }

    private bool IsGoodKey(ManifestNode key, Dictionary<string, TextPosition> firsts)
    {
        var scalar = key.Target ?? key;
        if (scalar.Style is not (NodeStyle.Plain or NodeStyle.Quoted or NodeStyle.Text) || (key.ContentStart == key.End && key.Tag is null))
        {
            Refuse(key.At, "a key is a word, not a list, a mapping or nothing");
            return false;
        }

        if (firsts.TryGetValue(scalar.Text, out var first))
        {
            Refuse(key.At, $"the key '{KeyText.Of(scalar.Text)}' is there twice; the first is at line {first.Line}. Keep one of them");
            return false;
        }

        firsts.Add(scalar.Text, key.At);
        return true;
    }

    private static string? Anchor(NodeEvent node) => node.Anchor.IsEmpty ? null : node.Anchor.Value;

    private static string? Tag(NodeEvent node) => node.Tag.IsEmpty ? null : node.Tag.Value;

    private ManifestNode? Refuse(TextPosition at, string message)
    {
        mistake ??= new YamlMistake(at, message);
        return null;
    }
}
