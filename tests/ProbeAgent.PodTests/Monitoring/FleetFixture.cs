using ProbeAgent.Lab;

namespace ProbeAgent.PodTests.Monitoring;

/// <summary>One troubled fleet for all who look at it, started by the first.</summary>
public sealed class FleetFixture(PodLab lab) : IAsyncDisposable
{
    private Task<TroubledFleet>? starting;

    /// <summary>What watches the fleet.</summary>
    internal async Task<Prometheus> PrometheusAsync() => (await (starting ??= StartAsync())).Prometheus;

    public async ValueTask DisposeAsync()
    {
        if (starting is { IsCompletedSuccessfully: true })
        {
            await (await starting).DisposeAsync();
        }
    }

    private async Task<TroubledFleet> StartAsync()
    {
        Needs.Programs("prometheus");
        return await TroubledFleet.StartAsync(lab, AlertRules.InHaste());
    }
}
