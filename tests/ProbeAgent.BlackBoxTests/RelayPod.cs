using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>A pod whose agent passes on the app's <c>/metrics</c> at <c>/relay/app</c>; shared by the tests of a class.</summary>
public sealed class RelayPod : IAsyncLifetime
{
    private Pod? pod;

    /// <summary>The pod.</summary>
    public Pod Pod => pod ?? throw new InvalidOperationException("The fixture has not been started.");

    /// <summary>Starts a pod of its own.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The pod disposes of its app.")]
    public static async Task<Pod> StartAsync(AppScript script)
    {
        var app = FakeApp.Start(script);
        return await Pod.AroundAsync(app, ("PROBEAGENT_METRICS_TARGET", string.Create(CultureInfo.InvariantCulture, $":{app.Port}/metrics?all=1")));
    }

    /// <summary>Starts it, and asks once, so that no test measures the first use of anything.</summary>
    public async ValueTask InitializeAsync()
    {
        pod = await StartAsync(AppScripts.Well);
        await pod.GetAsync("/relay/app");
    }

    public async ValueTask DisposeAsync()
    {
        if (pod is not null)
        {
            await pod.DisposeAsync();
        }
    }
}
