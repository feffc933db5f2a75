using System.Text;

namespace ProbeAgent.Manifests;

/// <summary>Changes of a text by spans of it as it was. What is put at the same place stays in the order in which it came.</summary>
internal sealed class TextEdits
{
    private readonly List<(int Start, int End, string Text)> edits = [];

    /// <summary>Puts a text in the place of a span.</summary>
    public void Replace(int start, int end, string text) => edits.Add((start, end, text));

    /// <summary>Puts a text at a place.</summary>
    public void Insert(int at, string text) => edits.Add((at, at, text));

    /// <summary>True where something is put at or behind a place.</summary>
    public bool ReachesTo(int offset) => edits.Exists(edit => edit.Start >= offset);

    /// <summary>True where a span of them has a place in it.</summary>
    public bool Covers(int offset) => edits.Exists(edit => edit.Start <= offset && offset < edit.End);

    /// <summary>The changed text; null where two of them are about the same characters.</summary>
    public string? Apply(string text)
    {
        var (changed, done) = (new StringBuilder(text.Length), 0);
        foreach (var (start, end, replacement) in edits.OrderBy(edit => edit.Start))
        {
            if (start < done)
            {
                return null;
            }

            changed.Append(text, done, start - done).Append(replacement);
            done = end;
        }

        return changed.Append(text, done, text.Length - done).ToString();
    }
}
