namespace ProbeAgent.BlackBoxTests;

/// <summary>A <see cref="DocumentPod"/> shared by the tests of a class, which run one after the other.</summary>
public abstract class DocumentFixture(string[] names, string document, params (string Name, string Value)[] environment)
    : IAsyncLifetime
{
    private DocumentPod? pod;

    /// <summary>The pod.</summary>
    public DocumentPod Pod => pod ?? throw new InvalidOperationException("The fixture has not been started.");

    /// <summary>Starts it, and asks once: a first question loads what later ones have at hand, and is measured by none.</summary>
    public async ValueTask InitializeAsync()
    {
        pod = await DocumentPod.StartAsync(names, document, environment);
        await pod.GetAsync("/readyz");
        await pod.GetAsync("/livez");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (pod is not null)
        {
            await pod.DisposeAsync();
        }
    }
}
