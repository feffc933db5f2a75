using System.Collections.Concurrent;
using ProbeAgent.Lab;
using ProbeAgent.ParityTests;

[assembly: AssemblyFixture(typeof(ParityLab))]

namespace ProbeAgent.ParityTests;

/// <summary>What all tests of this suite share: the kubelet's prober, the neighbours and the lanes. Made when first asked for.</summary>
public sealed class ParityLab : IAsyncDisposable
{
    // Most of a run is waiting for time limits to pass, so more than there are cores.
    private const int LaneCount = 6;

    private readonly Lazy<Task<KubeletProber>> prober = new(KubeletProber.StartAsync);
    private readonly Lazy<Neighbours> neighbours = new(() => new Neighbours());
    private readonly Lazy<Task<Lane[]>> lanes;

    public ParityLab() => lanes = new Lazy<Task<Lane[]>>(StartLanesAsync);

    internal KnownDifferences Known { get; } = KnownDifferences.Read();

    internal Neighbours Neighbours => neighbours.Value;

    /// <summary>The prober; skips the calling test where it cannot be built.</summary>
    internal Task<KubeletProber> ProberAsync()
    {
        Needs.Programs("go");
        return prober.Value;
    }

    /// <summary>Asks the kubelet and the agent about each case, in its lanes.</summary>
    internal async Task<IReadOnlyList<Comparison>> CompareAsync(IEnumerable<ParityCase> cases)
    {
        await ProberAsync();
        return await CompareAsync(await lanes.Value, cases);
    }

    /// <summary>Asks the kubelet and the agent about each case, in the given lanes.</summary>
    internal static async Task<IReadOnlyList<Comparison>> CompareAsync(IEnumerable<Lane> lanes, IEnumerable<ParityCase> cases)
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

    internal async Task<Judgement> JudgementAsync() => new(Known, (await ProberAsync()).GoVersion);

    public async ValueTask DisposeAsync()
    {
        if (lanes.IsValueCreated)
        {
            foreach (var lane in await lanes.Value)
            {
                await lane.DisposeAsync();
            }
        }

        if (neighbours.IsValueCreated)
        {
            await neighbours.Value.DisposeAsync();
        }

        if (prober.IsValueCreated)
        {
            await (await prober.Value).DisposeAsync();
        }
    }

    private async Task<Lane[]> StartLanesAsync()
    {
        var asking = await ProberAsync();
        return await Task.WhenAll(
            Enumerable.Range(0, LaneCount).Select(_ => Lane.AtLoopbackAsync(asking, Neighbours)));
    }
}
