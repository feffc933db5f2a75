using System.Collections.Concurrent;
using System.Runtime.Versioning;
using ProbeAgent.Lab;
using ProbeAgent.ParityTests;
using ProbeAgent.ParityTests.Cases;

[assembly: SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(ParityLab))]
// The classes would get into the way of each other's time limits; within one, lanes work side by side.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace ProbeAgent.ParityTests;

/// <summary>What all tests of this suite share: the kubelet's prober, the neighbours and the lanes. Made when first asked for.</summary>
public sealed class ParityLab : IAsyncDisposable
{
    // Most of a run is waiting for time limits to pass, so more than there are cores.
    private const int LaneCount = 6;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kubelet-prober-");
    private readonly Lazy<Task<KubeletProber>> prober;
    private readonly Lazy<Task<Neighbours>> neighbours = new(Neighbours.StartAsync);
    private readonly Lazy<Task<LaneSet>> lanes;
    private readonly ConcurrentDictionary<string, Task<IReadOnlyList<Comparison>>> measured = new();

    public ParityLab()
    {
        prober = new Lazy<Task<KubeletProber>>(BuildProberAsync);
        lanes = new Lazy<Task<LaneSet>>(StartLanesAsync);
    }

    internal KnownDifferences Known { get; } = KnownDifferences.Read();

    internal Task<Neighbours> NeighboursAsync() => neighbours.Value;

    /// <summary>The prober; skips the calling test where it cannot be built.</summary>
    internal Task<KubeletProber> ProberAsync()
    {
        Needs.Programs("go");
        return prober.Value;
    }

    /// <summary>Asks the kubelet and the agent about each case of the group; once, whoever wants to know.</summary>
    internal async Task<IReadOnlyList<Comparison>> MeasureAsync(string group)
    {
        await ProberAsync();
        var open = await lanes.Value;
        return await measured.GetOrAdd(group, _ => open.CompareAsync(Catalogue.Of(group)));
    }

    internal async Task<Judgement> JudgementAsync() => new(Known, (await ProberAsync()).GoVersion);

    public async ValueTask DisposeAsync()
    {
        if (lanes.IsValueCreated)
        {
            await (await lanes.Value).DisposeAsync();
        }

        if (neighbours.IsValueCreated)
        {
            await (await neighbours.Value).DisposeAsync();
        }

        if (prober.IsValueCreated)
        {
            await (await prober.Value).DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    private Task<KubeletProber> BuildProberAsync()
    {
        var binary = Path.Combine(folder.FullName, "kubelet-prober");
        KubeletProber.Build(binary);
        return KubeletProber.StartAsync(binary);
    }

    private async Task<LaneSet> StartLanesAsync()
    {
        var asking = await ProberAsync();
        var others = await NeighboursAsync();
        return await LaneSet.StartAsync(LaneCount, () => Lane.HttpAsync(asking, others));
    }
}
