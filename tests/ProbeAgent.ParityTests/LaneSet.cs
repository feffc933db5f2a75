using System.Collections.Concurrent;

namespace ProbeAgent.ParityTests;

/// <summary>Lanes that share out the cases among themselves.</summary>
internal sealed class LaneSet : IAsyncDisposable
{
    private readonly IReadOnlyList<Lane> lanes;

    private LaneSet(IReadOnlyList<Lane> lanes) => this.lanes = lanes;

    /// <summary>As many lanes as asked for, each started by the function; one after the other, so that none is late at its start.</summary>
    public static async Task<LaneSet> StartAsync(int count, Func<Task<Lane>> start)
    {
        var lanes = new List<Lane>();
        for (var number = 0; number < count; number++)
        {
            lanes.Add(await start());
        }

        return new LaneSet(lanes);
    }

    /// <summary>Asks the kubelet and the agent about each case; the result is in the order of the ids.</summary>
    public async Task<IReadOnlyList<Comparison>> CompareAsync(IEnumerable<ParityCase> cases)
    {
        var waiting = new ConcurrentQueue<ParityCase>(cases);
        var done = new ConcurrentBag<Comparison>();
        await Task.WhenAll(lanes.Select(async lane =>
        {
            while (waiting.TryDequeue(out var next))
            {
                done.Add(await lane.CompareAsync(next));
            }
        }));
        return [.. done.OrderBy(one => one.Id, StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes)
        {
            await lane.DisposeAsync();
        }
    }
}
