using System.Globalization;
using System.Text.RegularExpressions;

namespace ProbeAgent.Tests.Manifests;

/// <summary>A unified diff as <c>patch</c> reads it: by the numbers and counts of its hunks, and nothing else.</summary>
internal sealed partial class PatchLines
{
    private readonly List<(int Old, int OldCount, int New, int NewCount, List<string> Lines)> hunks = [];

    /// <summary>Reads it.</summary>
    public static PatchLines Of(string diff)
    {
        var patch = new PatchLines();
        foreach (var line in diff.Split('\n')[..^1].Skip(2))
        {
            if (Header().Match(line) is { Success: true } header)
            {
                patch.hunks.Add((Number(header, 1, 1), Number(header, 2, 1), Number(header, 3, 1), Number(header, 4, 1), []));
            }
            else if (line.StartsWith('\\'))
            {
                patch.hunks[^1].Lines[^1] = patch.hunks[^1].Lines[^1][..^1];
            }
            else
            {
                patch.hunks[^1].Lines.Add(line + "\n");
            }
        }

        return patch;
    }

    /// <summary>The text with lines of one sign taken out and those of the other put in.</summary>
    public string Apply(string text, char taken, char put)
    {
        var lines = text.Split('\n').Select(line => line + "\n").ToList();
        lines[^1] = lines[^1][..^1];
        var (result, at) = ("", 0);
        foreach (var hunk in hunks)
        {
            var (start, count) = taken == '-' ? (hunk.Old, hunk.OldCount) : (hunk.New, hunk.NewCount);
            var from = count == 0 ? start : start - 1;
            var was = hunk.Lines.Where(line => line[0] == ' ' || line[0] == taken).Select(line => line[1..]).ToList();
            Assert.Equal(count, was.Count);
            Assert.Equal(string.Concat(was), string.Concat(lines.Skip(from).Take(count)));
            result += string.Concat(lines.Skip(at).Take(from - at)) + string.Concat(hunk.Lines.Where(line => line[0] == ' ' || line[0] == put).Select(line => line[1..]));
            at = from + count;
        }

        return result + string.Concat(lines.Skip(at));
    }

    private static int Number(Match header, int group, int otherwise) =>
        header.Groups[group].Success ? int.Parse(header.Groups[group].Value, CultureInfo.InvariantCulture) : otherwise;

    [GeneratedRegex(@"\A@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\z")]
    private static partial Regex Header();
}
