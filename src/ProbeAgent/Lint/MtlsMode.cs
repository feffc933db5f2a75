namespace ProbeAgent.Lint;

/// <summary>What a sidecar of Istio accepts (<c>PeerAuthentication</c>, <c>mtls.mode</c>).</summary>
internal enum MtlsMode
{
    /// <summary>Nothing is said here.</summary>
    Unknown,

    /// <summary>Plaintext only.</summary>
    Disable,

    /// <summary>Both.</summary>
    Permissive,

    /// <summary>Mutual TLS with a certificate of the mesh, and nothing else.</summary>
    Strict,
}
