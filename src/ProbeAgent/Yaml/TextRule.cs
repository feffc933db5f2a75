namespace ProbeAgent.Yaml;

/// <summary>What is looked at before a text is read as YAML.</summary>
internal static class TextRule
{
    /// <summary>The first thing that makes the text no document; null where there is none.</summary>
    public static YamlMistake? Violation(string text)
    {
        if (text.StartsWith('\uFEFF'))
        {
            return new YamlMistake(new TextPosition(1, 1), "the text begins with a byte order mark; save it as UTF-8 without one");
        }

        // JSON may be indented with tabs; YAML's blocks may not, and the library's own message is hard to understand.
        return ControlCharacter(text) ?? (IsInBraces(text) ? null : TabInIndentation(text));
    }

    /// <summary>The first character that no text has, as a mistake; null where there is none.</summary>
    public static YamlMistake? ControlCharacter(string text) =>
        PlaceOfControlCharacter(text) is not { } at ? null
            : new YamlMistake(at, "a control character stands here; a document is text, with spaces and line ends only");

    private static bool IsInBraces(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var content = line.Trim();
            if (!content.IsEmpty && content[0] != '#' && !content.SequenceEqual("---"))
            {
                return content[0] == '{';
            }
        }

        return false;
    }

    // The library takes a NUL for the end of the document: what follows would be lost in silence.
    private static TextPosition? PlaceOfControlCharacter(string text)
    {
        var (line, lineStart) = (1, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is (< ' ' and not ('\t' or '\n' or '\r')) or '\x7f')
            {
                return new TextPosition(line, i - lineStart + 1);
            }

            if (text[i] == '\n')
            {
                (line, lineStart) = (line + 1, i + 1);
            }
        }

        return null;
    }

    private static YamlMistake? TabInIndentation(string text)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var indentation = line[..^line.TrimStart().Length];
            var tab = indentation.IndexOf('\t');
            if (tab >= 0 && indentation.Length < line.Length)
            {
                return new YamlMistake(new TextPosition(number, tab + 1), "a tab indents this line; YAML is indented with spaces");
            }
        }

        return null;
    }
}
