using System.Globalization;
using System.Text;

namespace ProbeAgent.Tests.Manifests;

#pragma warning disable CA5394 // The same texts on every run.

/// <summary>
/// Random texts like manifests: comments wherever one can stand, anchors, aliases and merge keys, blocks and brackets, all ways of
/// writing a text, layouts of one hand or of several. The text is made with no help of what is tested.
/// </summary>
internal sealed class ManifestGenerator(Random random)
{
    private static readonly string[] Keys = ["name", "image", "ports", "spec", "env", "livenessProbe", "a", "b", "'quoted key'", "\"k\"", "x.io/y"];
    private static readonly string[] Scalars =
    [
        "1", "80", "0x1F", "1.50", "true", "off", "null", "~", "text", "two words", "'single # no comment'", "\"double \\\" # no comment\"", "'it''s'",
        "a#b", "http://x/y", "\"{{ x }}\"", "é😀", "!!str 12", "-1", "\"\"", "2001-12-14",
    ];

    private readonly List<string> anchors = [];
    private readonly List<string> maps = [];
    private readonly HashSet<string> open = [];
    private readonly StringBuilder text = new();
    private int comments;
    private int names;

    /// <summary>A text of one or more documents.</summary>
    public string Next()
    {
        var (step, listStep) = (random.Next(1, 5), random.Next(3));
        for (var documents = random.Next(1, 4); documents > 0; documents--)
        {
            anchors.Clear();
            maps.Clear();
            CommentLines(0);
            Map(0, step, listStep, depth: 0, isGoingOn: false);
            CommentLines(0);
            if (documents > 1)
            {
                text.Append(random.Next(3) == 0 ? "...\n---\n" : "---\n");
            }
        }

        var made = text.ToString();
        made = random.Next(3) == 0 ? made.Replace("\n", "\r\n", StringComparison.Ordinal) : made;
        return random.Next(4) == 0 ? made.TrimEnd('\r', '\n') : made;
    }

    private void Map(int column, int step, int listStep, int depth, bool isGoingOn)
    {
        var hasMerge = random.Next(3) == 0;
        var entries = random.Next(1, 5);
        var keys = Keys.OrderBy(_ => random.Next()).Take(entries).ToList();
        for (var i = 0; i < keys.Count; i++)
        {
            Indent(column, isGoingOn && i == 0);
            text.Append(random.Next(15) == 0 ? Anchor() : "").Append(keys[i]).Append(':');
            Value(column, step, listStep, depth, isInList: false);
            if (hasMerge && maps.Count > 0 && random.Next(2) == 0)
            {
                hasMerge = false;
                Indent(column, false);
                text.Append("<<: ").Append(random.Next(3) == 0 ? $"[{Some(maps)}, {Some(maps)}]" : Some(maps));
                EndOfLine();
            }
        }
    }

    private void List(int column, int step, int listStep, int depth, bool isGoingOn)
    {
        for (var items = random.Next(1, 5); items > 0; items--)
        {
            Indent(column, isGoingOn);
            isGoingOn = false;
            text.Append('-');
            Value(column, step, listStep, depth, isInList: true);
        }
    }

    // What follows a ':' or a '-', to the end of its last line.
    private void Value(int column, int step, int listStep, int depth, bool isInList)
    {
        switch (depth > 4 ? random.Next(3, 9) : random.Next(9))
        {
            case 0 or 1:
                Block(column, step, listStep, depth, isInList, isMap: true);
                return;
            case 2:
                Block(column, step, listStep, depth, isInList, isMap: false);
                return;
            case 3:
                var anchor = random.Next(4) == 0 ? Open() : "";
                text.Append(' ').Append(anchor);
                Flow(column + 1, 0);
                Close(anchor, isMap: false);
                EndOfLine();
                return;
            case 4:
                Text(column, step);
                return;
            case 5 when anchors.Count > 0:
                text.Append(' ').Append(Some(anchors));
                EndOfLine();
                return;
            case 6:
                text.Append(random.Next(2) == 0 ? "" : " " + Anchor().TrimEnd());
                EndOfLine();
                return;
            case 7:
                text.Append(random.Next(2) == 0 ? " plain\n" : " \"quoted\n").Append(' ', column + 1).Append("going on");
                text.Append(text.ToString().LastIndexOf('"') > text.ToString().LastIndexOf(" plain", StringComparison.Ordinal) ? "\"" : "");
                EndOfLine();
                return;
            default:
                text.Append(' ').Append(random.Next(6) == 0 ? Anchor() : "").Append(Some(Scalars));
                EndOfLine();
                return;
        }
    }

    private void Block(int column, int step, int listStep, int depth, bool isInList, bool isMap)
    {
        var anchor = random.Next(3) == 0 ? Open() : "";
        var isGoingOn = isInList && anchor.Length == 0 && random.Next(4) != 0;
        var child = isInList ? column + 2 : isMap ? column + step : column + listStep;
        if (isGoingOn)
        {
            text.Append(' ');
        }
        else
        {
            text.Append(anchor.Length > 0 ? " " + anchor.TrimEnd() : "");
            EndOfLine();
            CommentLines(child);
        }

        if (isMap)
        {
            Map(child, step, listStep, depth + 1, isGoingOn);
        }
        else
        {
            List(child, step, listStep, depth + 1, isGoingOn);
        }

        Close(anchor, isMap);
    }

    private void Text(int column, int step)
    {
        string[] styles = ["|", "|-", "|+", ">", ">-", ">+"];
        text.Append(' ').Append(Some(styles));
        EndOfLine();
        for (var lines = random.Next(1, 4); lines > 0; lines--)
        {
            text.Append(' ', column + step).Append(random.Next(4) == 0 ? "# no comment\n" : "line of text\n");
            text.Append(random.Next(4) == 0 ? "\n" : "");
        }
    }

    private void Flow(int column, int depth)
    {
        var isMap = random.Next(2) == 0;
        var isSpread = random.Next(2) == 0;
        text.Append(isMap ? '{' : '[');
        var keys = Keys.OrderBy(_ => random.Next()).ToList();
        var count = random.Next(4);
        for (var i = 0; i < count; i++)
        {
            FlowSpace(column, isSpread);
            text.Append(isMap ? keys[i] + ": " : "");
            switch (random.Next(depth > 2 ? 2 : 3))
            {
                case 0 when anchors.Count > 0:
                    text.Append(Some(anchors)).Append(' ');
                    break;
                case 2:
                    Flow(column + 1, depth + 1);
                    break;
                default:
                    // The library does not read an anchor of a scalar in braces.
                    text.Append(!isMap && random.Next(8) == 0 ? Anchor() : "").Append(Some(Scalars));
                    break;
            }

            text.Append(random.Next(12) == 0 ? $" {Comment()}\n" + new string(' ', column) : "");
            text.Append(i < count - 1 || random.Next(5) == 0 ? "," : "");
        }

        FlowSpace(column, isSpread && count > 0);
        text.Append(isMap ? '}' : ']');
    }

    private void FlowSpace(int column, bool isSpread)
    {
        if (random.Next(5) == 0)
        {
            text.Append(' ').Append(Comment());
            isSpread = true;
        }

        text.Append(isSpread ? "\n" + new string(' ', column + random.Next(1, 3)) : text[^1] == ',' ? " " : "");
    }

    private void Indent(int column, bool isGoingOn)
    {
        if (!isGoingOn)
        {
            CommentLines(column);
            text.Append(' ', column);
        }
    }

    private void EndOfLine() => text.Append(random.Next(4) == 0 ? new string(' ', random.Next(1, 3)) + Comment() : random.Next(8) == 0 ? "  " : "").Append('\n');

    // Less deep would end a list that is not deeper than its key, or a text.
    private void CommentLines(int column)
    {
        if (random.Next(5) == 0)
        {
            text.Append(' ', random.Next(column + 1)).Append(Comment()).Append('\n').Append(random.Next(3) == 0 ? "\n" : "");
        }
    }

    private string Comment() => string.Create(CultureInfo.InvariantCulture, $"# comment {++comments}");

    // A scalar's, or a key's.
    private string Anchor()
    {
        var anchor = Open();
        Close(anchor, isMap: false);
        return anchor;
    }

    // Until it is closed, nobody may refer to it. A name may come again.
    private string Open()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"n{names}");
        if (random.Next(6) != 0 || open.Contains(name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"n{++names}");
        }

        open.Add(name);
        anchors.Remove("*" + name);
        maps.Remove("*" + name);
        return $"&{name} ";
    }

    private void Close(string anchor, bool isMap)
    {
        if (anchor.Length == 0)
        {
            return;
        }

        var alias = "*" + anchor[1..].TrimEnd();
        open.Remove(alias[1..]);
        anchors.Add(alias);
        if (isMap)
        {
            maps.Add(alias);
        }
    }

    private string Some(IReadOnlyList<string> of) => of[random.Next(of.Count)];
}
