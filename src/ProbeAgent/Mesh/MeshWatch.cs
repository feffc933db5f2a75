using ProbeAgent.Configuration;
using ProbeAgent.Probing;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Mesh;

/// <summary>Finds out which sidecar is in the pod, and follows it. All of that is off the probes' path but the gate's one short question.</summary>
/// <param name="find">Looks which sidecar is there.</param>
/// <param name="sidecar">Asks it whether it is ready.</param>
/// <param name="record">What is known of it.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class MeshWatch(Func<Task<FoundMesh?>> find, Sidecar sidecar, MeshRecord record, TimeProvider timeProvider)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestSearch = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    /// <summary>All parts for a configuration; it does nothing yet.</summary>
    /// <param name="configuration">What the agent is told.</param>
    /// <param name="readyUrl">What <c>mesh.readyUrl</c> asks; null where it is not set.</param>
    /// <param name="podAddress">The pod's own address.</param>
    /// <param name="metrics">The series of the mesh.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">For the changes.</param>
    /// <param name="agentStopping">The agent's end.</param>
    public static MeshWatch Create(
        AgentConfiguration configuration,
        HttpTarget? readyUrl,
        PodAddress podAddress,
        MeshMetrics metrics,
        TimeProvider timeProvider,
        ILogger<MeshRecord> logger,
        CancellationToken agentStopping)
    {
        var kind = configuration.Mesh.EffectiveKind;
        var record = new MeshRecord(configuration.Mesh, metrics, timeProvider, logger);
        var question = new ShortQuestion(podAddress, timeProvider, agentStopping);
        var sidecar = new Sidecar(record, question, timeProvider);
        if (kind != MeshKind.None && (readyUrl ?? MeshMark.ReadyTargetOf(kind)) is { } ready)
        {
            sidecar.IsAt(ready);
        }

        var taken = TakenPorts(configuration);
        IReadOnlyList<MeshMark> marks = kind == MeshKind.Auto ? [.. MeshMark.All.Where(mark => mark.MayBeLookedFor(taken))] : [];
        return new MeshWatch(new MeshFinder(marks, question, timeProvider).FindAsync, sidecar, record, timeProvider);
    }

    /// <summary>What is known now.</summary>
    public MeshSnapshot Snapshot() => record.Snapshot();

    /// <summary>Why readiness has to wait for the sidecar; null where it has not to. Never throws, and takes a quarter of a second at most.</summary>
    public async Task<string?> WhatHoldsReadinessAsync()
    {
        if (!record.IsGated)
        {
            return null;
        }

        await sidecar.AskAsync();
        return record.WhatHoldsReadiness();
    }

    /// <summary>Finds and follows the sidecar until the agent ends. Never throws.</summary>
    public async Task RunAsync(CancellationToken agentStopping)
    {
        try
        {
            if (!sidecar.IsKnown && (record.IsNone || !await FindAsync(agentStopping)))
            {
                return;
            }

            using var ticks = new PeriodicTimer(Period, timeProvider);
            do
            {
                await sidecar.AskAsync();
            }
            while (await ticks.WaitForNextTickAsync(agentStopping));
        }
        catch (OperationCanceledException)
        {
            // The agent ends.
        }
        catch (Exception exception)
        {
            record.Bug(exception);
        }
    }

    private static HashSet<int> TakenPorts(AgentConfiguration configuration) =>
    [
        .. configuration.OwnPorts,
        .. configuration.Checks.Select(check => check.Action.Port),
        .. configuration.Relays.Select(relay => relay.Target.Port),
        .. configuration.Hooks.Select(hook => hook.Action.Port),
    ];

    private async Task<bool> FindAsync(CancellationToken agentStopping)
    {
        var started = timeProvider.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var left = LongestSearch - timeProvider.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                record.NotFound();
                return false;
            }

            await Task.Delay(pause < left ? pause : left, timeProvider, agentStopping);
            if (await TryFindAsync() is { } found)
            {
                record.Found(found);
                sidecar.IsAt(found.Mark.ReadyTarget);
                return true;
            }
        }
    }

    private async Task<FoundMesh?> TryFindAsync()
    {
        try
        {
            return await find();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            record.Bug(exception);
            return null;
        }
    }
}
