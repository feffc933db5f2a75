using System.Globalization;

namespace ProbeAgent.Configuration;

/// <summary>How a check asks, in the words of the Kubernetes probe.</summary>
/// <param name="Host">Where in the pod.</param>
/// <param name="Port">The app's port.</param>
internal abstract record CheckAction(PodHost Host, int Port);

/// <summary>An HTTP GET.</summary>
/// <param name="Host">Where in the pod.</param>
/// <param name="Port">The app's port.</param>
/// <param name="Path">As it goes over the wire; begins with a slash.</param>
/// <param name="Query">With its question mark, or empty.</param>
internal sealed record HttpGetAction(PodHost Host, int Port, string Path, string Query) : CheckAction(Host, Port)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"http://{Host}:{Port}{Path}{Query}");
}

/// <summary>A TCP connection.</summary>
/// <param name="Host">Where in the pod.</param>
/// <param name="Port">The app's port.</param>
internal sealed record TcpSocketAction(PodHost Host, int Port) : CheckAction(Host, Port)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"tcp://{Host}:{Port}");
}
