using YamlDotNet.Core;

namespace ProbeAgent.Yaml;

/// <summary>What a parser's exception says, for a person.</summary>
internal static class SyntaxMistake
{
    // The library's words on the left, those of someone who writes a document on the right.
    private static readonly (string Library, string Person)[] Words =
    [
        ("did not find expected node content", "something is missing here: a value, or a closing bracket"),
        ("found unexpected end of stream", "the text that begins here has no closing quote, or its lines are not indented"),
        ("wrong indentation", "the text that begins here has no closing quote, or its lines are not indented"),
        ("invalid mapping", "a ': ' stands where none can be; is the line indented as those above it, with a space after each ':'? A value with ': ' in it needs quotes"),
        ("did not find expected key", "a key is wanted here; is this line indented like those above it?"),
        ("did not find expected '-' indicator", "a list goes wrong here; is this line indented like its '-' above?"),
        ("could not find expected ':'", "a ':' is missing after this key"),
        ("unknown escape character", "a '\\\\' here begins an escape that does not exist; write '\\\\\\\\', or take single quotes"),
        ("cannot start any token", "a value cannot begin with this character; put it in quotes"),
    ];

    // These are about the bracket, and found where the library gave up.
    private static readonly (string Library, string Person)[] BracketWords =
    [
        ("did not find expected ',' or ']'", "the list in brackets that begins here has no end: a ',' or the closing ']' is missing"),
        ("did not find expected ',' or '}'", "the mapping in braces that begins here has no end: a ',' or the closing '}' is missing"),
    ];

    /// <summary>The mistake of an exception.</summary>
    /// <param name="exception">What the library has thrown.</param>
    /// <param name="brackets">The brackets and braces that are open, the innermost on top.</param>
    public static YamlMistake Of(YamlException exception, Stack<TextPosition> brackets)
    {
        var ofBracket = BracketWords.FirstOrDefault(pair => exception.Message.Contains(pair.Library, StringComparison.OrdinalIgnoreCase));
        if (ofBracket.Person is { } person && brackets.TryPeek(out var bracket))
        {
            return new YamlMistake(bracket, $"this is not YAML: {person}");
        }

        var known = Words.FirstOrDefault(pair => exception.Message.Contains(pair.Library, StringComparison.OrdinalIgnoreCase));
        return new YamlMistake(
            new TextPosition((int)exception.Start.Line, (int)exception.Start.Column),
            $"this is not YAML: {known.Person ?? WithoutPosition(exception.Message)}");
    }

    // "(Line: 1, Col: 5, Idx: 4) - (Line: 1, Col: 6, Idx: 5): While parsing …": the position is told apart.
    private static string WithoutPosition(string message)
    {
        var end = message.IndexOf("): ", StringComparison.Ordinal);
        var phrase = (message.StartsWith("(Line:", StringComparison.Ordinal) && end > 0 ? message[(end + 3)..] : message).TrimEnd('.');
        return char.ToLowerInvariant(phrase[0]) + phrase[1..];
    }
}
