using ProbeAgent.Yaml;

namespace ProbeAgent.Configuration;

/// <summary>How nodes of a document are called in a sentence.</summary>
internal static class NodeText
{
    private const int MaxShown = 100;

    /// <summary>What a node is: <c>a list</c>, <c>the number 80</c>.</summary>
    public static string Describe(YamlNode node) => node switch
    {
        YamlList => "a list",
        YamlMap => "a mapping",
        YamlScalar { Kind: YamlScalarKind.Null } => "empty",
        YamlScalar { Kind: YamlScalarKind.Number } number => $"the number {Shortened(number.Text)}",
        YamlScalar { Kind: YamlScalarKind.Bool } flag => flag.Text,
        YamlScalar scalar => $"the text '{Shortened(scalar.Text)}'",
        _ => throw new InvalidOperationException($"no words for {node.GetType().Name}"),
    };

    /// <summary>What a node is, without a word of what stands in it: <c>a text</c>, <c>a number</c>.</summary>
    public static string DescribeKind(YamlNode node) => node switch
    {
        YamlScalar { Kind: YamlScalarKind.Number } => "a number",
        YamlScalar { Kind: YamlScalarKind.Bool } => "true or false",
        YamlScalar { Kind: YamlScalarKind.Text } => "a text",
        _ => Describe(node),
    };

    /// <summary>What is wrong with a node that should be a scalar of a kind, to follow its path; null where nothing is.</summary>
    /// <param name="node">The node.</param>
    /// <param name="wanted">What it should be.</param>
    /// <param name="inWords">The same in the words of its key, after «and»; null for the usual ones.</param>
    public static string? WrongKind(YamlNode node, YamlScalarKind wanted, string? inWords) => (node, wanted) switch
    {
        (YamlScalar { Kind: YamlScalarKind.Null }, _) => "is empty; write a value, or leave the key out",
        (YamlScalar { Kind: YamlScalarKind.Number, IsPlainNumber: false } odd, YamlScalarKind.Number) =>
            $"is '{Shortened(odd.Text)}'; write it as a plain decimal number",
        (YamlScalar scalar, _) when scalar.Kind == wanted => null,
        (YamlScalar { IsQuoted: true, Kind: YamlScalarKind.Text } scalar, YamlScalarKind.Number) when IsNumber(scalar.Text) =>
            $"is the text '{Shortened(scalar.Text)}', and a number is wanted; leave the quotes out",
        (YamlScalar { IsQuoted: true, Text: "true" or "false" } scalar, YamlScalarKind.Bool) =>
            $"is the text '{scalar.Text}', and true or false is wanted; leave the quotes out",
        _ when inWords is not null => $"is {Describe(node)}, and {inWords}",
        (YamlScalar scalar, YamlScalarKind.Text) => $"is {Describe(scalar)}, and a text is wanted; put it in quotes: '\"{Shortened(scalar.Text)}\"'",
        (_, YamlScalarKind.Number) => $"is {Describe(node)}, and a number is wanted",
        (YamlScalar scalar, YamlScalarKind.Bool) when Meant(scalar.Text) is { } meant =>
            $"is '{Shortened(scalar.Text)}', and true or false is wanted; did you mean '{meant}'?",
        (_, YamlScalarKind.Bool) => $"is {Describe(node)}, and true or false is wanted",
        _ => $"is {Describe(node)}, and a text is wanted",
    };

    /// <summary>The beginning of a text that somebody wrote, on one line.</summary>
    public static string Shortened(string text)
    {
        var line = new string([.. text.Select(c => char.IsControl(c) ? '\uFFFD' : c)]);
        return line.Length <= MaxShown ? line : line[..MaxShown] + "…";
    }

    private static bool IsNumber(string text) => new YamlScalar(default, text, IsQuoted: false).IsPlainNumber;

    // YAML 1.1 knew more words for it, and so does kubectl.
    private static string? Meant(string text) => text.ToUpperInvariant() switch
    {
        "YES" or "Y" or "ON" or "TRUE" => "true",
        "NO" or "N" or "OFF" or "FALSE" => "false",
        _ => null,
    };
}
