namespace ProbeAgent.Probing;

/// <summary>A port of the app, on whichever address of the pod it is.</summary>
internal sealed class AppPort(TargetHost host, int port, PodAddress podAddress)
{
    private readonly PodConnector connector = new(host);

    /// <summary>True where nothing listens there any more: every address refuses.</summary>
    public Task<bool> IsRefusedAsync(CancellationToken cancellationToken) =>
        connector.IsRefusedAsync(podAddress.SeenBy(null), port, cancellationToken);
}
