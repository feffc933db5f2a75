using ProbeAgent.Probing;
using ProbeAgent.Serving;

namespace ProbeAgent.Hosting;

/// <summary>
/// Decides how long the agent outlives its SIGTERM: as a regular container it gets it together with the app, and the app's
/// probes go on until the app has ended.
/// </summary>
internal sealed partial class Drain(
    IReadOnlyList<AppPort> appPorts, HooksUnderWay hooks, TimeSpan max, TimeProvider timeProvider, ILogger<Drain> logger)
{
    private const int RefusalsThatMeanTheEnd = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private bool bugIsTold;

    /// <summary>
    /// Returns when every target has refused two connects a second apart, or <c>drain.maxSeconds</c> have passed, and no hook is
    /// on its way; or when the end is demanded.
    /// </summary>
    public async Task WaitAsync(CancellationToken demanded)
    {
        if (max == TimeSpan.Zero || demanded.IsCancellationRequested)
        {
            return;
        }

        Log.Begin(logger, max.TotalSeconds);
        try
        {
            await WaitForAppAsync(demanded);
            await WaitForHooksAsync(demanded);
        }
        catch (OperationCanceledException)
        {
            Log.Demanded(logger);
        }
    }

    private async Task WaitForAppAsync(CancellationToken demanded)
    {
        using var limit = new CancellationTokenSource(max, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, demanded);
        try
        {
            await WaitForRefusalsAsync(ending.Token);
            Log.AppEnded(logger);
        }
        catch (OperationCanceledException) when (!demanded.IsCancellationRequested)
        {
            Log.TimeIsUp(logger, max.TotalSeconds);
        }
    }

    private async Task WaitForHooksAsync(CancellationToken demanded)
    {
        var underWay = hooks.None;
        if (!underWay.IsCompleted)
        {
            Log.HooksUnderWay(logger, hooks.Count);
            await underWay.WaitAsync(demanded);
        }
    }

    private async Task WaitForRefusalsAsync(CancellationToken ending)
    {
        using var seconds = new PeriodicTimer(Pause, timeProvider);
        for (var refusals = 0; ;)
        {
            refusals = await AllRefuseAsync(ending) ? refusals + 1 : 0;
            if (refusals == RefusalsThatMeanTheEnd)
            {
                return;
            }

            await seconds.WaitForNextTickAsync(ending);
        }
    }

    private async Task<bool> AllRefuseAsync(CancellationToken ending)
    {
        try
        {
            using var patience = new CancellationTokenSource(Pause, timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ending);
            return (await Task.WhenAll(appPorts.Select(port => port.IsRefusedAsync(either.Token)))).All(isRefused => isRefused);
        }
        catch (OperationCanceledException)
        {
            // What neither accepts nor refuses has not ended.
            ending.ThrowIfCancellationRequested();
            return false;
        }
        catch (Exception exception)
        {
            // A bug must not end the agent before the app: what cannot be asked has not ended.
            if (!Interlocked.Exchange(ref bugIsTold, true))
            {
                Log.Bug(logger, exception);
            }

            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5002, LogLevel.Information,
            "SIGTERM: draining. Readiness fails from now on, liveness goes on; it ends when the app has ended, after {MaxSeconds} s at the latest, or at a second SIGTERM")]
        public static partial void Begin(ILogger logger, double maxSeconds);

        [LoggerMessage(5003, LogLevel.Information, "Drained: the app does not listen any more")]
        public static partial void AppEnded(ILogger logger);

        [LoggerMessage(5004, LogLevel.Information, "Drain ended by another signal")]
        public static partial void Demanded(ILogger logger);

        [LoggerMessage(5005, LogLevel.Warning, "Drain ended: {MaxSeconds} s are over and the app still listens")]
        public static partial void TimeIsUp(ILogger logger, double maxSeconds);

        [LoggerMessage(5007, LogLevel.Information, "Hooks that are on their way: {Count}. The agent stays until the app has answered them, or until another signal")]
        public static partial void HooksUnderWay(ILogger logger, int count);

        [LoggerMessage(5008, LogLevel.Error, "Whether the app still listens could not be asked: a bug of the agent, not of the app; please report it")]
        public static partial void Bug(ILogger logger, Exception exception);
    }
}
