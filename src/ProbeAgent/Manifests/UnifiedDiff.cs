using System.Text;

namespace ProbeAgent.Manifests;

/// <summary>Two texts as <c>diff -u</c> tells them apart, so that <c>patch</c> makes the second of the first and <c>patch -R</c> the first of the second.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The difference; empty where there is none.</summary>
    /// <param name="oldText">As it was.</param>
    /// <param name="newText">As it is to be.</param>
    /// <param name="name">The name of the file.</param>
    public static string Of(string oldText, string newText, string name)
    {
        var (old, changed) = (Lines(oldText), Lines(newText));
        var changes = LineChange.Between(old, changed);
        if (changes.Count == 0)
        {
            return "";
        }

        var diff = new StringBuilder($"--- {name}\n+++ {name}\n");
        for (var first = 0; first < changes.Count;)
        {
            var last = first;
            while (last + 1 < changes.Count && changes[last + 1].Old - changes[last].OldEnd <= 2 * Context)
            {
                last++;
            }

            AppendHunk(diff, old, changed, [.. changes.Skip(first).Take(last - first + 1)]);
            first = last + 1;
        }

        return diff.ToString();
    }

    private static void AppendHunk(StringBuilder diff, string[] old, string[] changed, IReadOnlyList<LineChange> changes)
    {
        var (first, last) = (changes[0], changes[^1]);
        var before = Math.Min(Context, first.Old);
        var after = Math.Min(Context, old.Length - last.OldEnd);
        var oldRange = Range(first.Old - before, last.OldEnd + after);
        var newRange = Range(first.New - before, last.NewEnd + after);
        diff.Append("@@ -").Append(oldRange).Append(" +").Append(newRange).Append(" @@\n");
        var at = first.Old - before;
        foreach (var change in changes)
        {
            Append(diff, ' ', old[at..change.Old]);
            Append(diff, '-', old[change.Old..change.OldEnd]);
            Append(diff, '+', changed[change.New..change.NewEnd]);
            at = change.OldEnd;
        }

        Append(diff, ' ', old[at..(at + after)]);
    }

    // Of no lines, the number is that of the line before.
    private static string Range(int start, int end) => (end - start) switch
    {
        0 => $"{start},0",
        1 => $"{start + 1}",
        var count => $"{start + 1},{count}",
    };

    private static void Append(StringBuilder diff, char sign, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            diff.Append(sign).Append(line).Append(line.EndsWith('\n') ? "" : "\n\\ No newline at end of file\n");
        }
    }

    // With what ends them: lines that differ in that are different lines.
    private static string[] Lines(string text)
    {
        var lines = text.Split('\n');
        return [.. lines[..^1].Select(line => line + "\n"), .. lines[^1].Length == 0 ? [] : lines[^1..]];
    }
}
