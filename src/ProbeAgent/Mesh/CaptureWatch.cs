using ProbeAgent.Configuration;
using ProbeAgent.Probing;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Mesh;

/// <summary>
/// Notices that the kubelet's probes come through the sidecar, or do not come any more: the port is captured, or the mesh has
/// rewritten the probes. It says so, and changes no answer.
/// </summary>
internal sealed partial class CaptureWatch(
    int port,
    IReadOnlyList<AppPort> appPorts,
    Func<string> mesh,
    AgentMetrics metrics,
    TimeProvider timeProvider,
    ILogger<CaptureWatch> logger)
{
    private const int ProbesThatMeanTheEnd = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookPatience = TimeSpan.FromSeconds(1);

    // Anybody can claim to be the kubelet and to come through Envoy: it costs a line in five minutes.
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly TaskCompletionSource firstSeen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ProbeArrivals arrivals = new(timeProvider);
    private CaptureFinding? finding;
    private long latestMarked;
    private long? latestLook;
    private int cleanProbes;
    private bool bugIsTold;

    /// <summary>What needs somebody's hand; empty where nothing does.</summary>
    public IReadOnlyList<string> Warnings => Volatile.Read(ref finding) is { } found ? [Sentence(found)] : [];

    /// <summary>The kubelet has asked, or somebody who says so. Never throws.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">What it asks for: a path that exists.</param>
    /// <param name="probe">Which probe that is.</param>
    /// <returns>What was seen, for <see cref="Answered"/>; null where that is nothing of the kubelet's way.</returns>
    public ProbeSighting? Asked(HttpContext context, string path, ProbeKind probe)
    {
        try
        {
            var way = WayOf(context);
            if (way != ProbeWay.FromThePod)
            {
                var sighting = new ProbeSighting(path, probe, way);
                Note(sighting);
                return sighting;
            }
        }
        catch (Exception exception)
        {
            TellBug(exception);
        }

        return null;
    }

    /// <summary>The kubelet has asked for the agent itself. Never throws, and takes no lock while nothing is wrong.</summary>
    public void AskedForItself(HttpContext context, string path)
    {
        try
        {
            var way = WayOf(context);
            if (way == ProbeWay.Direct)
            {
                arrivals.Arrive();
            }
            else if (way != ProbeWay.FromThePod)
            {
                Note(new ProbeSighting(path, ProbeKind.Liveness, way));
            }
        }
        catch (Exception exception)
        {
            TellBug(exception);
        }
    }

    /// <summary>It was answered. Never throws.</summary>
    public void Answered(ProbeSighting? sighting, bool succeeded)
    {
        if (sighting is not { } seen)
        {
            return;
        }

        try
        {
            lock (gate)
            {
                arrivals.Answer(seen, succeeded);
            }
        }
        catch (Exception exception)
        {
            TellBug(exception);
        }
    }

    /// <summary>Waits for the first probe, then looks after each pause of ten seconds.</summary>
    public async Task WatchAsync(CancellationToken ending)
    {
        try
        {
            await firstSeen.Task.WaitAsync(ending);
            while (true)
            {
                await Task.Delay(Pause, timeProvider, ending);
                await LookAsync(ending);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Probes end with the pod.
        }
    }

    /// <summary>One look for silence, and for the end of what was found.</summary>
    public async Task LookAsync(CancellationToken ending)
    {
        try
        {
            EndWhatIsOver();
            ForgetWhereLate();
            if (IsDueToLook())
            {
                JudgeSilence(await AppListensAsync(ending));
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !ending.IsCancellationRequested)
        {
            TellBug(exception);
        }
    }

    private static ProbeWay WayOf(HttpContext context) =>
        ProbeWays.Of(context.Request.Headers, context.Connection.RemoteIpAddress, context.Connection.LocalIpAddress);

    private void Note(ProbeSighting sighting)
    {
        firstSeen.TrySetResult();
        lock (gate)
        {
            arrivals.Arrive();
            if (sighting.Way == ProbeWay.Direct)
            {
                cleanProbes = Math.Min(cleanProbes + 1, ProbesThatMeanTheEnd);
                return;
            }

            (latestMarked, cleanProbes) = (timeProvider.GetTimestamp(), 0);
            if (finding is not { IsCertain: true })
            {
                Suspect(CaptureFinding.Of(sighting, port, latestMarked));
            }
        }
    }

    private void ForgetWhereLate()
    {
        lock (gate)
        {
            // The agent was stopped, or got no CPU, and so has seen nothing of what may have come.
            if (latestLook is { } before && timeProvider.GetElapsedTime(before) > Pause * 2)
            {
                arrivals.Forget();
            }

            latestLook = timeProvider.GetTimestamp();
        }
    }

    private bool IsDueToLook()
    {
        lock (gate)
        {
            return finding is null && arrivals.IsOverdue;
        }
    }

    private void JudgeSilence(bool appListens)
    {
        lock (gate)
        {
            if (!appListens)
            {
                // A container that is down, or waits in CrashLoopBackOff, is not probed, and begins anew with its initial delay.
                arrivals.Forget();
            }
            else if (finding is null && arrivals.IsSilent)
            {
                cleanProbes = 0;
                Suspect(CaptureFinding.OfSilence(arrivals.Silence, arrivals.Period!.Value, port, timeProvider.GetTimestamp()));
            }
        }
    }

    private async Task<bool> AppListensAsync(CancellationToken ending)
    {
        using var patience = new CancellationTokenSource(LookPatience, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ending);
        try
        {
            return !(await Task.WhenAll(appPorts.Select(appPort => appPort.IsRefusedAsync(either.Token)))).Any(isRefused => isRefused);
        }
        catch (OperationCanceledException) when (!ending.IsCancellationRequested)
        {
            // What neither accepts nor refuses proves nothing.
            return false;
        }
    }

    private void EndWhatIsOver()
    {
        lock (gate)
        {
            var isOver = finding switch
            {
                null => false,
                { IsCertain: false } => cleanProbes > 0,
                _ => cleanProbes == ProbesThatMeanTheEnd && timeProvider.GetElapsedTime(latestMarked) >= Quiet,
            };
            if (isOver)
            {
                Log.Over(logger, DurationText.Of(timeProvider.GetElapsedTime(finding!.Since)));
                finding = null;
                metrics.CaptureSuspected.Set(0);
            }
        }
    }

    private void Suspect(CaptureFinding found)
    {
        finding = found;
        metrics.CaptureSuspected.Set(1);
        Log.Suspected(logger, Sentence(found));
    }

    private string Sentence(CaptureFinding found) => $"{found.What}; {MeshAnnotations.Advice(mesh(), port)}";

    private void TellBug(Exception exception)
    {
        if (!Interlocked.Exchange(ref bugIsTold, true))
        {
            Log.Bug(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3020, LogLevel.Warning, "{Suspicion}")]
        public static partial void Suspected(ILogger logger, string suspicion);

        [LoggerMessage(3021, LogLevel.Information, "The kubelet's probes come directly again, after {For}")]
        public static partial void Over(ILogger logger, string @for);

        [LoggerMessage(3022, LogLevel.Error, "Whether the sidecar has the probes could not be seen: a bug of the agent, not of the app; please report it")]
        public static partial void Bug(ILogger logger, Exception exception);
    }
}
