namespace ProbeAgent.Configuration;

/// <summary>A header of a question, as in a pod's <c>httpHeaders</c>.</summary>
/// <param name="Name">A token (RFC 9110, 5.6.2).</param>
/// <param name="Value">As it goes over the wire. Perhaps a secret: shown to nobody.</param>
internal sealed record HttpHeader(string Name, string Value);
