using ProbeAgent.Checks;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Serving;

/// <summary>Counts requests for what does not exist, and says once a minute which checks and containers do.</summary>
internal sealed partial class UnknownNames(
    IReadOnlyList<Check> checks, AgentMetrics metrics, TimeProvider timeProvider, ILogger<UnknownNames> logger)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private long? lastLine;

    /// <summary>Any path that does not exist.</summary>
    public void Count() => metrics.UnknownRequests.Inc();

    /// <summary>A probe of a check or container that does not exist: most likely a misspelt manifest.</summary>
    public void CountName(string path)
    {
        Count();
        lock (gate)
        {
            if (lastLine is { } last && timeProvider.GetElapsedTime(last) < Quiet)
            {
                return;
            }

            lastLine = timeProvider.GetTimestamp();
        }

        var names = string.Join(", ", checks.Select(check => check.Name));
        var containers = string.Join(", ", checks.Select(check => check.Container).Distinct());
        Log.Unknown(logger, path.Length > 200 ? path[..200] : path, names, containers);
    }

    private static partial class Log
    {
        [LoggerMessage(6000, LogLevel.Warning,
            "A probe asks for {Path}, which does not exist and is answered 404. Checks: {Names}. Containers: {Containers}")]
        public static partial void Unknown(ILogger logger, string path, string names, string containers);
    }
}
