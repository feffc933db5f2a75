using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>After floods of every kind, one after the other, the agent has again what it had before.</summary>
public sealed class FloodAftermathTests(Siege siege, ITestOutputHelper output)
{
    private static readonly string[] Kinds = ["idle", "drip", "halfclosed", "requests", "bighead", "hello"];

    // The heap keeps some of the room that it once needed; a flood of each kind and one more takes no more of it.
    private const double MoreMebibytes = 8;

    // Of some 50 KB of garbage each.
    private const int Scrapes = 400;

    // Idle threads of the pool end after 20 s.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Memory_descriptors_and_threads_are_back()
    {
        Needs.Root();
        using var limit = new MemoryLimit(mebibytes: 32);
        await using var pod = await BesiegedPod.StartAsync(siege, appMilliseconds: 10, limit.Launcher);
        var before = (Figures: ProcessFigures.Of(pod.Agent.Id), Memory: limit.AnonymousMebibytes);

        foreach (var kind in Kinds)
        {
            await pod.FloodAsync(kind, "127.0.0.1", TimeSpan.FromSeconds(0.5));
            output.WriteLine($"after {kind}: {limit}; {ProcessFigures.Of(pod.Agent.Id)}");
        }

        // Garbage lies until the next collection, which an idle agent puts off: what is left after it is what counts.
        await pod.ScrapeAsync(Scrapes);
        await using var kubelet = pod.Probe();
        var after = await ProcessFigures.WhenAsync(
            pod.Agent.Id,
            now => now.Descriptors <= before.Figures.Descriptors + 1
                && now.Threads <= before.Figures.Threads + 1
                && limit.AnonymousMebibytes <= before.Memory + MoreMebibytes,
            Patience);
        output.WriteLine($"before: {before}\nafter: {after}; {limit}");
        Assert.Equal(0, limit.Kills);
    }
}
