using System.Globalization;

namespace ProbeAgent.Configuration;

/// <summary>An HTTP GET.</summary>
/// <param name="Host">Where in the pod.</param>
/// <param name="Port">The app's port.</param>
/// <param name="Path">As it goes over the wire; begins with a slash.</param>
/// <param name="Query">With its question mark, or empty.</param>
internal sealed record HttpGetAction(PodHost Host, int Port, string Path, string Query) : CheckAction(Host, Port)
{
    /// <summary>Plain or over TLS. Default: plain.</summary>
    public HttpScheme Scheme { get; init; } = HttpScheme.Http;

    /// <summary>Headers beside the kubelet's own; one of the same name takes its place. Default: none.</summary>
    public IReadOnlyList<HttpHeader> Headers { get; init; } = [];

    /// <summary>Whose certificates are believed; null where none is looked at, as the kubelet does. Default: null.</summary>
    public CaFile? CaFile { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Scheme == HttpScheme.Https ? "https" : "http")}://{Host}:{Port}{Path}{Query}");
}
