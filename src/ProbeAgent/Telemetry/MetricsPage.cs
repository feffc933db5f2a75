using Microsoft.Net.Http.Headers;
using Prometheus;

namespace ProbeAgent.Telemetry;

/// <summary>
/// The metrics in the two formats of Prometheus. One export of a format runs at a time, and all who ask before it begins share
/// it: strangers on the open port get no CPU that the kubelet's probes need.
/// </summary>
internal sealed class MetricsPage(CollectorRegistry registry)
{
    private const string OpenMetricsType = "application/openmetrics-text";

    private readonly SharedExport text = new(registry, ExpositionFormat.PrometheusText);
    private readonly SharedExport openMetrics = new(registry, ExpositionFormat.OpenMetricsText);

    /// <summary>The whole page and its content type; OpenMetrics only where <paramref name="accept"/> prefers it.</summary>
    public async Task<(byte[] Page, string ContentType)> TakeAsync(string? accept) => PrefersOpenMetrics(accept)
        ? (await openMetrics.TakeAsync(), $"{OpenMetricsType}; version=1.0.0; charset=utf-8")
        : (await text.TakeAsync(), "text/plain; version=0.0.4; charset=utf-8");

    private static bool PrefersOpenMetrics(string? accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept?.Split(','), out var types))
        {
            return false;
        }

        var qualities = types.ToLookup(type => type.MediaType.Equals(OpenMetricsType, StringComparison.OrdinalIgnoreCase), type => type.Quality ?? 1);
        return qualities[true].DefaultIfEmpty(0).Max() is > 0 and var best && best >= qualities[false].DefaultIfEmpty(0).Max();
    }
}
