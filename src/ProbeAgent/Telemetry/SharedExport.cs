using Prometheus;

namespace ProbeAgent.Telemetry;

/// <summary>Writes one format of the metrics, one export at a time.</summary>
internal sealed class SharedExport(CollectorRegistry registry, ExpositionFormat format)
{
    private readonly Lock gate = new();
    private Task<byte[]> running = Task.FromResult(Array.Empty<byte>());
    private Task<byte[]>? waiting;

    /// <summary>A page that was begun after this call.</summary>
    public Task<byte[]> TakeAsync()
    {
        lock (gate)
        {
            return waiting ??= Task.Run(() => ExportAfterAsync(running));
        }
    }

    private async Task<byte[]> ExportAfterAsync(Task<byte[]> before)
    {
        try
        {
            await ((Task)before).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            lock (gate)
            {
                // Who comes from now on is too late for this page; one that fails is nobody's next.
                (running, waiting) = (waiting!, null);
            }
        }

        using var page = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(page, format, CancellationToken.None);
        return page.ToArray();
    }
}
