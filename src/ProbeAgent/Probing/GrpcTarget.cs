namespace ProbeAgent.Probing;

/// <summary>What a gRPC check asks.</summary>
/// <param name="Host">Where the app is.</param>
/// <param name="Port">The app's port.</param>
/// <param name="Service">The service that is asked for; empty for the server as a whole.</param>
internal sealed record GrpcTarget(TargetHost Host, int Port, string Service)
{
    /// <summary>True over TLS; else HTTP/2 with prior knowledge. Default: false.</summary>
    public bool IsTls { get; init; }

    /// <summary>Whose certificates are believed; null where none is looked at. Default: null.</summary>
    public Authorities? Authorities { get; init; }
}
