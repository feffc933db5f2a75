using System.Globalization;

namespace ProbeAgent.Probing;

/// <summary>What an app wrote, fit for a line of a log, a terminal or a page.</summary>
internal static class Printable
{
    private const int MaxLength = 200;

    /// <summary>The first 200 characters, each that is not to be seen a space.</summary>
    public static string Of(string text) => Line(text.Length <= MaxLength ? text : text[..MaxLength] + "…").TrimEnd();

    /// <summary>All of it in one line: what steers a terminal, ends a line or turns the direction of writing is a space.</summary>
    public static string Line(string text) => string.Create(text.Length, text, static (line, from) =>
    {
        for (var i = 0; i < line.Length; i++)
        {
            line[i] = IsSeen(from[i]) ? from[i] : ' ';
        }
    });

    private static bool IsSeen(char character) => char.GetUnicodeCategory(character) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
