namespace ProbeAgent.Hosting;

/// <summary>
/// The threads of the pool, all from the start and for ever. The runtime makes and ends them as it needs them, and where one cannot be
/// made, because the app has taken all that the pod may have, it aborts the process.
/// </summary>
internal static class WorkerThreads
{
    // Nothing here blocks a thread, so few are enough; the pool wants one for each processor.
    private const int Least = 8;

    /// <summary>Makes them. That none ends is a switch of the runtime, in <c>ProbeAgent.csproj</c>.</summary>
    public static void MakeAll()
    {
        var count = Math.Max(Least, Environment.ProcessorCount);
        ThreadPool.GetMinThreads(out _, out var forCompletions);
        if (!ThreadPool.SetMinThreads(count, forCompletions) || !ThreadPool.SetMaxThreads(count, Math.Max(count, forCompletions)))
        {
            return;
        }

        // Each waits for the others, so that no thread can take two. It is never disposed of: they may still be leaving it.
        var all = new CountdownEvent(count);
        for (var thread = 0; thread < count; thread++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(MeetOthers, all, preferLocal: false);
        }

        all.Wait();
    }

    private static void MeetOthers(CountdownEvent all)
    {
        all.Signal();
        all.Wait();
    }
}
