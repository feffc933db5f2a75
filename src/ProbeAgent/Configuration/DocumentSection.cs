using ProbeAgent.Yaml;

namespace ProbeAgent.Configuration;

/// <summary>
/// A mapping of the document. Each key that is asked for is a key that exists; when it is closed, all others are mistakes.
/// </summary>
internal sealed class DocumentSection
{
    private readonly string source;
    private readonly string path;
    private readonly YamlMap map;
    private readonly bool isPrivate;
    private readonly Findings findings;
    private readonly List<string> known = [];

    private DocumentSection(string source, string path, YamlMap map, bool isPrivate, Findings findings)
    {
        this.source = source;
        this.isPrivate = isPrivate;
        this.path = path;
        this.map = map;
        this.findings = findings;
    }

    /// <summary>Where it begins.</summary>
    public Origin Here => OriginOf(map.At, path);

    /// <summary>Opens the document, which must be a mapping; null, and a mistake, where it is none.</summary>
    /// <param name="source">The document's name.</param>
    /// <param name="node">What should be a mapping.</param>
    /// <param name="example">A key of it with a value.</param>
    /// <param name="findings">What comes to light.</param>
    public static DocumentSection? Open(string source, YamlNode node, string example, Findings findings)
    {
        if (node is YamlMap map)
        {
            return new DocumentSection(source, "", map, isPrivate: false, findings);
        }

        findings.Mistakes.Add(Origin.In(source, "", node.At).Mistake(
            $"the document is {NodeText.Describe(node)}; it is keys with values, such as '{example}'"));
        return null;
    }

    /// <summary>True where the key is there.</summary>
    public bool Has(string key) => Node(key) is not null;

    /// <summary>Where a key's value stands; the section itself where it is missing.</summary>
    public Origin OriginOf(string key) => Node(key) is { } node ? OriginOf(node.At, PathOf(key)) : Here;

    /// <summary>A text.</summary>
    /// <param name="key">The key.</param>
    /// <param name="rule">What it must be.</param>
    /// <param name="wanted">What to say where it is no text; null for the usual words.</param>
    public Found<T>? Text<T>(string key, Func<string, Judged<T>> rule, string? wanted = null) => Node(key) is { } node
        ? Scalar(node, PathOf(key), YamlScalarKind.Text, rule, wanted)
        : null;

    /// <summary>A number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="rule">What it must be.</param>
    /// <param name="wanted">What to say where it is no number, after «and».</param>
    public Found<T>? Number<T>(string key, Func<string, Judged<T>> rule, string wanted) => Node(key) is { } node
        ? Scalar(node, PathOf(key), YamlScalarKind.Number, rule, wanted)
        : null;

    /// <summary>One of a closed list of words.</summary>
    public Found<T>? Word<T>(string key, IReadOnlyList<(string Word, T Value)> words) =>
        Text(key, text => ValueRule.OneOf(text, words));

    /// <summary>True or false.</summary>
    public Found<bool>? Bool(string key) => Node(key) is { } node
        ? Scalar(node, PathOf(key), YamlScalarKind.Bool, text => Judged<bool>.Right(text[0] is 't' or 'T'), null)
        : null;

    /// <summary>A list of different words of a closed list.</summary>
    public Found<IReadOnlyList<T>>? Words<T>(string key, IReadOnlyList<(string Word, T Value)> words)
    {
        if (Items(key, isPrivate) is not { } items)
        {
            return null;
        }

        var found = items.Select(item => Scalar(item.Node, item.Path, YamlScalarKind.Text, text => ValueRule.OneOf(text, words), null))
            .OfType<Found<T>>().ToList();
        foreach (var twice in found.GroupBy(one => one.Value).SelectMany(group => group.Skip(1)))
        {
            findings.Mistakes.Add(twice.Origin.Mistake("is in the list twice"));
        }

        return new Found<IReadOnlyList<T>>([.. found.Select(one => one.Value)], OriginOf(key));
    }

    /// <summary>A mapping of its own; null, and perhaps a mistake, where there is none.</summary>
    public DocumentSection? Section(string key, string example) =>
        Node(key) is { } node ? Open(PathOf(key), node, example, isPrivate) : null;

    /// <summary>The mappings of a list; null where the key is missing or no list.</summary>
    public IReadOnlyList<DocumentSection>? Sections(string key, string example) => Items(key, isPrivate) is { } items
        ? [.. items.Select(item => Open(item.Path, item.Node, example, isPrivate)).OfType<DocumentSection>()]
        : null;

    /// <summary>The same where secrets stand in the mappings: no mistake in them shows more than a key.</summary>
    public IReadOnlyList<DocumentSection>? PrivateSections(string key, string example) => Items(key, areHidden: true) is { } items
        ? [.. items.Select(item => Open(item.Path, item.Node, example, areSecretsIn: true)).OfType<DocumentSection>()]
        : null;

    /// <summary>A mistake where the key is missing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="example">What to write.</param>
    public void Require(string key, string example)
    {
        if (!Has(key))
        {
            findings.Mistakes.Add(Here.Mistake($"{(path.Length == 0 ? "the document " : "")}has no '{key}'; write '{example}'"));
        }
    }

    /// <summary>A mistake where a list is there and empty.</summary>
    public void RequireSome(string key)
    {
        if (Node(key) is YamlList { Items.Count: 0 })
        {
            findings.Mistakes.Add(OriginOf(key).Mistake("is an empty list; leave the key out, or write what belongs there"));
        }
    }

    /// <summary>Every key that nobody asked for is a mistake.</summary>
    public void Close()
    {
        foreach (var entry in map.Entries.Where(entry => !known.Contains(entry.Key.Text)))
        {
            var where = path.Length == 0 ? "the document" : path;
            findings.Mistakes.Add(Origin.In(source, "", entry.Key.At).Plain(
                $"{where} has no key '{KeyText.Of(entry.Key.Text)}'{UnknownKey.Advice(entry.Key.Text, known)}"));
        }
    }

    private Origin OriginOf(TextPosition at, string ofPath) => Origin.In(source, ofPath, at);

    private string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private YamlNode? Node(string key)
    {
        if (!known.Contains(key))
        {
            known.Add(key);
        }

        return map.Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value;
    }

    private DocumentSection? Open(string ofPath, YamlNode node, string example, bool areSecretsIn)
    {
        if (node is YamlMap ofNode)
        {
            return new DocumentSection(source, ofPath, ofNode, areSecretsIn, findings);
        }

        if (node is not YamlRefused)
        {
            var found = areSecretsIn ? NodeText.DescribeKind(node) : NodeText.Describe(node);
            findings.Mistakes.Add(Origin.In(source, ofPath, node.At).Mistake($"is {found}; it has keys of its own, such as '{example}'"));
        }

        return null;
    }

    private List<(YamlNode Node, string Path)>? Items(string key, bool areHidden)
    {
        if (Node(key) is not { } node)
        {
            return null;
        }

        if (node is YamlList list)
        {
            findings.Origins[PathOf(key)] = OriginOf(key).Source;
            return [.. list.Items.Select((item, index) => (item, $"{PathOf(key)}[{index}]"))];
        }

        if (node is not YamlRefused)
        {
            var found = areHidden ? NodeText.DescribeKind(node) : NodeText.Describe(node);
            findings.Mistakes.Add(OriginOf(key).Mistake($"is {found}; it is a list: '- …' for each"));
        }

        return null;
    }

    private Found<T>? Scalar<T>(YamlNode node, string ofPath, YamlScalarKind kind, Func<string, Judged<T>> rule, string? wanted)
    {
        var origin = OriginOf(node.At, ofPath);
        if (node is YamlRefused)
        {
            return null;
        }

        return isPrivate ? PrivateScalar(node, origin, kind, rule) : OpenScalar(node, origin, kind, rule, wanted);
    }

    private Found<T>? PrivateScalar<T>(YamlNode node, Origin origin, YamlScalarKind kind, Func<string, Judged<T>> rule)
    {
        if (node is not YamlScalar scalar || scalar.Kind != kind || (kind == YamlScalarKind.Number && !scalar.IsPlainNumber))
        {
            findings.Mistakes.Add(origin.Mistake(
                $"is {NodeText.DescribeKind(node)}, and {(kind == YamlScalarKind.Number ? "a number" : "a text in quotes")} is wanted"));
            return null;
        }

        var judged = rule(scalar.Text);
        if (judged.Wrong is { } wrong)
        {
            findings.Mistakes.Add(origin.Mistake(wrong));
            return null;
        }

        findings.Origins[origin.Path] = origin.Source;
        return new Found<T>(judged.Value!, origin);
    }

    private Found<T>? OpenScalar<T>(YamlNode node, Origin origin, YamlScalarKind kind, Func<string, Judged<T>> rule, string? wanted)
    {
        if (wanted is null
            && kind == YamlScalarKind.Text
            && node is YamlScalar { Kind: YamlScalarKind.Number or YamlScalarKind.Bool } unquoted
            && rule(unquoted.Text) is { Wrong: { } wrongAnyway })
        {
            // Quotes alone would not mend it.
            findings.Mistakes.Add(origin.Wrong(unquoted.Text, wrongAnyway));
            return null;
        }

        if (NodeText.WrongKind(node, kind, wanted) is { } wrong)
        {
            findings.Mistakes.Add(origin.Mistake(wrong));
            return null;
        }

        var text = ((YamlScalar)node).Text;
        findings.Origins[origin.Path] = origin.Source;
        return findings.Judge(text, rule(text), origin);
    }
}
