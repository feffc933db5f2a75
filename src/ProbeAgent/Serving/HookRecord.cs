using ProbeAgent.Probing;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Serving;

/// <summary>What calls of hooks leave behind: one log line for each run, and once a minute one for those that were refused.</summary>
internal sealed partial class HookRecord(
    IReadOnlyList<Hook> hooks, AgentMetrics metrics, TimeProvider timeProvider, ILogger<HookRecord> logger)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private long? lastLine;

    /// <summary>The app has answered, or could not be asked.</summary>
    public void Ran(Hook hook, AttemptResult result)
    {
        if (result.Reason is { } reason)
        {
            Log.Failed(logger, hook.Word, hook.Container, ReasonWord.Of(reason), result.Message);
            return;
        }

        Log.Ran(logger, hook.Word, hook.Container, result.Message);
    }

    /// <summary>The caller, or the agent, was gone before the app had answered.</summary>
    public void CutOff(Hook hook, TimeSpan after) => Log.CutOff(logger, hook.Word, hook.Container, DurationText.Of(after));

    /// <summary>A key was wrong, or there is no such hook. What the caller sent is not told: it could be nearly right.</summary>
    public void Refused()
    {
        metrics.UnknownRequests.Inc();
        lock (gate)
        {
            if (lastLine is { } last && timeProvider.GetElapsedTime(last) < Quiet)
            {
                return;
            }

            lastLine = timeProvider.GetTimestamp();
        }

        Log.Refused(logger, hooks.Count == 0 ? "none" : string.Join(", ", hooks.Select(hook => hook.Path)));
    }

    /// <summary>Something was thrown that never should be.</summary>
    public void Bug(Exception exception) => Log.Bug(logger, exception);

    private static partial class Log
    {
        [LoggerMessage(6011, LogLevel.Error, "A hook could not be passed on: a bug of the agent, not of the app; please report it")]
        public static partial void Bug(ILogger logger, Exception exception);

        [LoggerMessage(6004, LogLevel.Information, "Hook {Hook} of container \"{Container}\" ran: {Message}")]
        public static partial void Ran(ILogger logger, string hook, string container, string message);

        [LoggerMessage(6005, LogLevel.Warning, "Hook {Hook} of container \"{Container}\" failed ({Reason}): {Message}")]
        public static partial void Failed(ILogger logger, string hook, string container, string reason, string message);

        [LoggerMessage(6006, LogLevel.Warning,
            "Hook {Hook} of container \"{Container}\" was cut off after {After}: its caller hung up, or the agent ended, before the app had answered")]
        public static partial void CutOff(ILogger logger, string hook, string container, string after);

        [LoggerMessage(6007, LogLevel.Warning,
            "A hook was called that does not exist, or with a wrong key; the connection was closed without an answer, told once a minute. Hooks: {Hooks}")]
        public static partial void Refused(ILogger logger, string hooks);
    }
}
