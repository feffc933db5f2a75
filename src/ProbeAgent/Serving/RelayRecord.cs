using ProbeAgent.Probing;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Serving;

/// <summary>What the requests of a relay leave behind: its series, and one log line for each change.</summary>
internal sealed partial class RelayRecord(string name, RelayMetrics metrics, ILogger<RelayRecord> logger)
{
    private readonly Lock gate = new();
    private bool? works;

    /// <summary>A request was answered without the app: others were on their way, or there was a bug.</summary>
    public void AnsweredByUs() => metrics.Answered(StatusCodes.Status503ServiceUnavailable);

    /// <summary>A request has ended.</summary>
    /// <param name="code">The code of the answer; of a page that broke off, what it would have been before its head went out.</param>
    /// <param name="result">What came of it.</param>
    public void Remember(int code, AttemptResult result)
    {
        metrics.Answered(code);
        lock (gate)
        {
            if (works == result.Succeeded)
            {
                return;
            }

            works = result.Succeeded;
            if (result.Reason is { } reason)
            {
                Log.Fails(logger, name, ReasonWord.Of(reason), result.Message);
                return;
            }

            Log.Works(logger, name, result.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6002, LogLevel.Warning, "Relay \"{Relay}\" fails ({Reason}), told once: {Message}")]
        public static partial void Fails(ILogger logger, string relay, string reason, string message);

        [LoggerMessage(6003, LogLevel.Information, "Relay \"{Relay}\" works: {Message}")]
        public static partial void Works(ILogger logger, string relay, string message);
    }
}
