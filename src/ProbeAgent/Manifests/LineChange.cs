namespace ProbeAgent.Manifests;

/// <summary>Lines that were, and those that stand there now.</summary>
/// <param name="Old">The first of the old ones, counted from 0.</param>
/// <param name="OldEnd">The one behind the last of them.</param>
/// <param name="New">The first of the new ones.</param>
/// <param name="NewEnd">The one behind the last of them.</param>
internal readonly record struct LineChange(int Old, int OldEnd, int New, int NewEnd)
{
    /// <summary>All changes from one text to another, in their order, with at least one equal line between them.</summary>
    public static IReadOnlyList<LineChange> Between(string[] old, string[] changed)
    {
        var changes = new List<LineChange>();
        var (i, j) = (0, 0);
        foreach (var (oldMatch, newMatch) in Alignment.Of(old, changed).Append((old.Length, changed.Length)))
        {
            if (i < oldMatch || j < newMatch)
            {
                changes.Add(new LineChange(i, oldMatch, j, newMatch));
            }

            (i, j) = (oldMatch + 1, newMatch + 1);
        }

        return changes;
    }
}
