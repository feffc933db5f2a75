namespace ProbeAgent.Status;

/// <summary>How long the parts of the last attempt took; null for a part that was not reached.</summary>
/// <param name="ConnectSeconds">Until the connection was open.</param>
/// <param name="TlsSeconds">The TLS handshake; null for a plain connection.</param>
/// <param name="FirstByteSeconds">From then to the first byte of the answer.</param>
/// <param name="BodySeconds">The rest of the answer.</param>
internal sealed record PhasesStatus(
    double? ConnectSeconds, double? TlsSeconds, double? FirstByteSeconds, double? BodySeconds);
