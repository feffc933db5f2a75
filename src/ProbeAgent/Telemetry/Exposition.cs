using Prometheus;

namespace ProbeAgent.Telemetry;

/// <summary>Writes the metrics in the format that the scraper asks for.</summary>
internal static class Exposition
{
    private const string OpenMetrics = "application/openmetrics-text";

    /// <summary>The whole page and its content type; OpenMetrics only where <paramref name="accept"/> names it.</summary>
    public static async Task<(byte[] Page, string ContentType)> WriteAsync(
        CollectorRegistry registry, string? accept, CancellationToken cancellationToken)
    {
        var isOpenMetrics = accept?.Contains(OpenMetrics, StringComparison.OrdinalIgnoreCase) == true;
        using var page = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(
            page, isOpenMetrics ? ExpositionFormat.OpenMetricsText : ExpositionFormat.PrometheusText, cancellationToken);
        return (page.ToArray(), isOpenMetrics
            ? $"{OpenMetrics}; version=1.0.0; charset=utf-8"
            : "text/plain; version=0.0.4; charset=utf-8");
    }
}
