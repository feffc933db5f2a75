using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>One pod with an app that is well, shared by the tests of a class, which run one after the other.</summary>
public sealed class PodFixture : IAsyncLifetime
{
    private Pod? pod;

    /// <summary>The pod.</summary>
    public Pod Pod => pod ?? throw new InvalidOperationException("The fixture has not been started.");

    /// <summary>Starts it, and asks once: a first question compiles or loads what later ones have at hand, and is measured by none.</summary>
    public async ValueTask InitializeAsync()
    {
        pod = await Pod.StartAsync(AppScripts.Well);
        await pod.GetAsync("/livez");
    }

    public async ValueTask DisposeAsync()
    {
        if (pod is not null)
        {
            await pod.DisposeAsync();
        }
    }
}
