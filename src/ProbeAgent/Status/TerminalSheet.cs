using System.Text;
using ProbeAgent.Probing;

namespace ProbeAgent.Status;

/// <summary>
/// Lines for a terminal 80 columns wide, broken between words. What is put on it is text: nothing of it can steer the terminal.
/// </summary>
/// <param name="isColourful">True where it may have colours.</param>
internal sealed class TerminalSheet(bool isColourful)
{
    private const int Columns = 80;

    // From here on a letter may take two columns.
    private const int FirstWide = 0x2E80;

    private readonly StringBuilder sheet = new();

    /// <summary>An empty line.</summary>
    public void Gap() => sheet.Append('\n');

    /// <summary>A paragraph; its second line and those after it stand two columns further in.</summary>
    public void Add(string text, Ink ink = Ink.Plain, int indent = 0)
    {
        foreach (var line in Lines(Printable.Line(text), indent))
        {
            var (on, off) = isColourful ? Sequences(ink) : ("", "");
            sheet.Append(on).Append(line).Append(off).Append('\n');
        }
    }

    /// <inheritdoc/>
    public override string ToString() => sheet.ToString();

    private static IEnumerable<string> Lines(string text, int indent)
    {
        var line = new StringBuilder().Append(' ', indent);
        var (column, isEmpty) = (indent, true);
        foreach (var word in text.Split(' '))
        {
            var width = Width(word);
            if (!isEmpty && column + 1 + width > Columns)
            {
                yield return line.ToString().TrimEnd();
                line.Clear().Append(' ', indent + 2);
                (column, isEmpty) = (indent + 2, true);
            }

            line.Append(isEmpty ? "" : " ").Append(word);
            column += isEmpty ? width : width + 1;
            isEmpty = false;
        }

        yield return line.ToString().TrimEnd();
    }

    private static int Width(string word) => word.EnumerateRunes().Sum(rune => rune.Value < FirstWide ? 1 : 2);

    private static (string On, string Off) Sequences(Ink ink) => ink switch
    {
        Ink.Good => ("\e[32m", "\e[0m"),
        Ink.Attention => ("\e[33m", "\e[0m"),
        Ink.Bad => ("\e[1;31m", "\e[0m"),
        _ => ("", ""),
    };
}
