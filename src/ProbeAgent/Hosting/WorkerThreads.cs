namespace ProbeAgent.Hosting;

/// <summary>
/// The threads of the pool, all from the start and for ever. The runtime makes and ends them as it needs them, and where one cannot be
/// made, because the app has taken all that the pod may have, it aborts the process.
/// </summary>
internal static class WorkerThreads
{
    // What ProbeAgent.csproj allows; where that does not count, there are too many to be made.
    private const int Most = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Makes them. How many there are, and that none ends, are switches of the runtime, in <c>ProbeAgent.csproj</c>.</summary>
    public static void MakeAll()
    {
        ThreadPool.GetMaxThreads(out var count, out _);
        if (count > Most)
        {
            return;
        }

        // Each waits for the others, so that no thread can take two. It is never disposed of: they may still be leaving it.
        var all = new CountdownEvent(count);
        for (var thread = 0; thread < count; thread++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(MeetOthers, all, preferLocal: false);
        }

        all.Wait(Patience);
    }

    private static void MeetOthers(CountdownEvent all)
    {
        all.Signal();
        all.Wait(Patience);
    }
}
