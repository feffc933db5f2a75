using System.Globalization;

namespace ProbeAgent.Configuration;

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
