using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace ProbeAgent.Serving;

/// <summary>How long a relayed page may take, its body included: what Prometheus waits, less a margin for our own answer.</summary>
internal static class RelayDeadline
{
    /// <summary>In which Prometheus says how long it waits, in seconds.</summary>
    public const string Header = "X-Prometheus-Scrape-Timeout-Seconds";

    private const decimal ShareOfTheApp = 0.9m;

    // Without the header; Prometheus' own default.
    private const decimal DefaultSeconds = 10;

    private const decimal MaxSeconds = 30;

    /// <summary>The header less 10 %, 10 s without one that can be read, 30 s at most.</summary>
    public static TimeSpan From(StringValues header) =>
        decimal.TryParse(header.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds((double)Math.Min(seconds * ShareOfTheApp, MaxSeconds))
            : TimeSpan.FromSeconds((double)DefaultSeconds);
}
