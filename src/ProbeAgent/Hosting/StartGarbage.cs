namespace ProbeAgent.Hosting;

/// <summary>
/// What the start leaves behind, a megabyte and a half that is used once, is given back to the node. At one probe a second the
/// runtime would come to it only minutes later.
/// </summary>
internal static class StartGarbage
{
    // After the first answers, and the first look for a mesh.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Collects it, a little later. Ends early with the agent.</summary>
    public static async Task CollectAsync(TimeProvider timeProvider, CancellationToken agentStopping)
    {
        try
        {
            await Task.Delay(Pause, timeProvider, agentStopping);
            StartPages.LetGo();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
        catch (OperationCanceledException)
        {
            // It is all given back now.
        }
    }
}
