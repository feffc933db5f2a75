namespace ProbeAgent.Manifests;

/// <summary>A text by its lines, with its comments.</summary>
internal sealed class ManifestText
{
    private readonly List<TextComment> comments = [];

    /// <summary>A text.</summary>
    /// <param name="text">The text, without byte order mark.</param>
    /// <param name="contents">The spans in which <c>#</c> makes no comment, in their order: scalars, aliases, anchors, tags.</param>
    public ManifestText(string text, IReadOnlyList<(int Start, int End)> contents)
    {
        Text = text.EndsWith('\n') ? text : text + NewLineOf(text);
        NewLine = NewLineOf(text);
        var from = 0;
        foreach (var (start, end) in contents)
        {
            AddComments(from, start);
            from = Math.Max(from, end);
        }

        AddComments(from, text.Length);
    }

    /// <summary>The text, whose last line has an end.</summary>
    public string Text { get; }

    /// <summary>What ends its lines.</summary>
    public string NewLine { get; }

    /// <summary>All comments, in their order.</summary>
    public IReadOnlyList<TextComment> Comments => comments;

    /// <summary>The first place of an indicator outside of comments; -1 without one.</summary>
    public static int Find(string text, char indicator, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (text[i] == indicator)
            {
                return i;
            }

            i = text[i] == '#' ? EndOfLine(text, i) : i;
        }

        return -1;
    }

    /// <summary>Behind white space and comments.</summary>
    public static int SkipSpace(string text, int from)
    {
        var i = from;
        while (i < text.Length && (char.IsWhiteSpace(text[i]) || text[i] == '#'))
        {
            i = text[i] == '#' ? EndOfLine(text, i) : i + 1;
        }

        return i;
    }

    /// <summary>Behind an anchor or a tag.</summary>
    public static int SkipWord(string text, int from)
    {
        var i = from;
        while (i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] is not (',' or '[' or ']' or '{' or '}'))
        {
            i++;
        }

        return i;
    }

    /// <summary>The comments that begin in a span.</summary>
    public IReadOnlyList<TextComment> CommentsIn(int from, int to)
    {
        var first = comments.BinarySearch(new TextComment(from, ""), Comparer<TextComment>.Create((one, other) => one.Start.CompareTo(other.Start)));
        return [.. comments.Skip(first < 0 ? ~first : first).TakeWhile(comment => comment.Start < to)];
    }

    /// <summary>Where the line of a place begins.</summary>
    public int LineStart(int offset) => offset == 0 ? 0 : Text.LastIndexOf('\n', offset - 1) + 1;

    /// <summary>Where the line of a place ends, before what ends it.</summary>
    public int LineEnd(int offset) => EndOfLine(Text, offset);

    /// <summary>Where the line after that of a place begins.</summary>
    public int NextLine(int offset)
    {
        var end = Text.IndexOf('\n', offset);
        return end < 0 ? Text.Length : end + 1;
    }

    /// <summary>How many characters stand before a place in its line.</summary>
    public int Column(int offset) => offset - LineStart(offset);

    /// <summary>What indents the line of a place.</summary>
    public string Indentation(int offset)
    {
        var start = LineStart(offset);
        var length = Text.AsSpan(start, LineEnd(start) - start).IndexOfAnyExcept(' ', '\t');
        return length < 0 ? "" : Text.Substring(start, length);
    }

    /// <summary>True where nothing but spaces stands before a place in its line.</summary>
    public bool IsFirstInLine(int offset) => Text.AsSpan(LineStart(offset), Column(offset)).IsWhiteSpace();

    /// <summary>True where nothing but a comment follows in the line.</summary>
    public bool IsLastInLine(int offset) => Text.AsSpan(offset, LineEnd(offset) - offset).TrimStart() is [] or ['#', ..];

    /// <summary>True for a line of nothing, or of a comment alone.</summary>
    public bool IsLineWithoutContent(int lineStart) => IsLastInLine(lineStart);

    private static string NewLineOf(string text) => text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var end && text[end - 1] == '\r' ? "\r\n" : "\n";

    private static int EndOfLine(string text, int from)
    {
        var end = text.IndexOf('\n', from);
        return end < 0 ? text.Length : end > from && text[end - 1] == '\r' ? end - 1 : end;
    }

    private void AddComments(int from, int to)
    {
        for (var i = Find(Text, '#', from, to); i >= 0 && i < to; i = Find(Text, '#', EndOfLine(Text, i), to))
        {
            comments.Add(new TextComment(i, Text[i..EndOfLine(Text, i)].TrimEnd()));
        }
    }
}
