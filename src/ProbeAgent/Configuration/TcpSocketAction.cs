using System.Globalization;

namespace ProbeAgent.Configuration;

/// <summary>A TCP connection.</summary>
/// <param name="Host">Where in the pod.</param>
/// <param name="Port">The app's port.</param>
internal sealed record TcpSocketAction(PodHost Host, int Port) : CheckAction(Host, Port)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"tcp://{Host}:{Port}");
}
