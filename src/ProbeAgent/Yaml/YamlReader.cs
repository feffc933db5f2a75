using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ProbeAgent.Yaml;

/// <summary>
/// Reads one YAML document (JSON is YAML) into nodes that know where they stand. What makes a text mean something else than a
/// reader sees is refused: anchors, aliases, tags, keys that come twice. Reads in one pass, in bounded depth.
/// </summary>
internal sealed class YamlReader
{
    // The deepest key of any document of ours is at 6.
    private const int MaxDepth = 16;

    private const string Empty = "the document is empty; write what is to be asked, such as 'checks:'";

    private readonly List<YamlMistake> mistakes = [];
    private readonly Stack<TextPosition> brackets = [];
    private readonly IParser events;

    private YamlReader(IParser events) => this.events = events;

    /// <summary>The document's root; null where it is empty or broken. All mistakes at once, as far as it can be read.</summary>
    public static (YamlNode? Root, IReadOnlyList<YamlMistake> Mistakes) Read(string text)
    {
        if (TextRule.Violation(text) is { } violation)
        {
            return (null, [violation]);
        }

        var reader = new YamlReader(new Parser(new StringReader(text)));
        try
        {
            return (reader.ReadDocument(), reader.mistakes);
        }
        catch (YamlException exception)
        {
            reader.mistakes.Add(SyntaxMistake.Of(exception, reader.brackets));
            return (null, reader.mistakes);
        }
        catch (InvalidOperationException)
        {
            // The library's scanner loses its way in some unclosed brackets.
            var near = reader.brackets.Count > 0 ? reader.brackets.Peek() : new TextPosition(1, 1);
            reader.Refuse(near, "this is not YAML: the bracket or brace here has no end");
            return (null, reader.mistakes);
        }
    }

    private static TextPosition Position(Mark mark) => new((int)mark.Line, (int)mark.Column);

    private YamlNode? ReadDocument()
    {
        events.Consume<StreamStart>();
        if (!events.TryConsume<DocumentStart>(out _))
        {
            Refuse(new TextPosition(1, 1), Empty);
            return null;
        }

        var root = ReadNode(depth: 1);
        if (root is null)
        {
            return null;
        }

        if (root is YamlScalar { Kind: YamlScalarKind.Null })
        {
            Refuse(new TextPosition(1, 1), Empty);
            return null;
        }

        events.Consume<DocumentEnd>();
        if (events.TryConsume<DocumentStart>(out var second))
        {
            Refuse(Position(second.Start), "a second document begins here; the configuration is one document");
        }

        return root;
    }

    // Null where nothing after it makes sense any more.
    private YamlNode? ReadNode(int depth)
    {
        if (events.TryConsume<AnchorAlias>(out var alias))
        {
            Refuse(Position(alias.Start), "'*' makes an alias, which is not allowed here; write the value out, or put it in quotes");
            return new YamlRefused(Position(alias.Start));
        }

        var node = events.Consume<NodeEvent>();
        var at = Position(node.Start);
        RefuseProperties(node, at);
        if (depth > MaxDepth)
        {
            Refuse(at, $"nested deeper than {MaxDepth} levels, which no configuration is");
            return null;
        }

        return node switch
        {
            SequenceStart list => InBrackets(at, list.Style == SequenceStyle.Flow, () => ReadList(at, depth)),
            MappingStart map => InBrackets(at, map.Style == MappingStyle.Flow, () => ReadMap(at, depth)),
            Scalar { Tag.IsEmpty: false } => new YamlRefused(at),
            Scalar scalar => new YamlScalar(at, scalar.Value, scalar.Style != ScalarStyle.Plain),
            _ => throw new YamlException(node.Start, node.End, "unexpected content"),
        };
    }

    private void RefuseProperties(NodeEvent node, TextPosition at)
    {
        if (!node.Anchor.IsEmpty)
        {
            Refuse(at, "'&' makes an anchor, which is not allowed here; write each value out, or put it in quotes");
        }

        if (!node.Tag.IsEmpty)
        {
            Refuse(at, "'!' makes a tag, which is not allowed here; leave it out, and put a text in quotes");
        }
    }

    // Where one is not closed, the library's own place is where it gave up.
    private YamlNode? InBrackets(TextPosition at, bool areBrackets, Func<YamlNode?> read)
    {
        if (!areBrackets)
        {
            return read();
        }

        brackets.Push(at);
        var node = read();
        brackets.Pop();
        return node;
    }

    private YamlList? ReadList(TextPosition at, int depth)
    {
        var items = new List<YamlNode>();
        while (!events.TryConsume<SequenceEnd>(out _))
        {
            if (ReadNode(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new YamlList(at, items);
    }

    private YamlMap? ReadMap(TextPosition at, int depth)
    {
        var entries = new List<YamlEntry>();
        var firsts = new Dictionary<string, TextPosition>(StringComparer.Ordinal);
        while (!events.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode(depth + 1) is not { } key)
            {
                return null;
            }

            var before = mistakes.Count;
            if (ReadNode(depth + 1) is not { } value)
            {
                return null;
            }

            if (key is YamlScalar { Text: "<<", IsQuoted: false })
            {
                // What it would merge, an alias as a rule, is no second mistake.
                mistakes.RemoveRange(before, mistakes.Count - before);
                Refuse(key.At, "'<<' is a merge key, which is not allowed here; write each value out");
            }
            else if (key is not YamlScalar name)
            {
                Refuse(key.At, "a key is a word, not a list or a mapping");
            }
            else if (firsts.TryGetValue(name.Text, out var first))
            {
                Refuse(key.At, $"the key '{KeyText.Of(name.Text)}' is there twice; the first is at line {first.Line}");
            }
            else
            {
                firsts.Add(name.Text, key.At);
                entries.Add(new YamlEntry(name, value));
            }
        }

        return new YamlMap(at, entries);
    }

    private void Refuse(TextPosition at, string message) => mistakes.Add(new YamlMistake(at, message));
}
