namespace ProbeAgent.Manifests;

/// <summary>Entries in a row that go away together.</summary>
internal sealed class EntryRun(ManifestNode parent, IEntryEditor editor)
{
    private (int First, int Last)? run;

    /// <summary>The entry of this number goes.</summary>
    public void Take(int number) => run = (run?.First ?? number, number);

    /// <summary>The next one stays, or there is none.</summary>
    public void End()
    {
        if (run is var (first, last))
        {
            editor.Remove(parent, first, last);
        }

        run = null;
    }
}
