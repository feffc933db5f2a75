namespace ProbeAgent.PodTests;

/// <summary>What the sidecar in a pod demands of inbound connections.</summary>
public enum MeshMode
{
    /// <summary>There is no sidecar, and nothing is captured.</summary>
    NoSidecar,

    /// <summary>There is one; it passes everything on (PeerAuthentication DISABLE).</summary>
    MtlsOff,

    /// <summary>It ends the mesh's mutual TLS and passes everything else on (PERMISSIVE).</summary>
    Permissive,

    /// <summary>A certificate of the mesh or nothing (STRICT).</summary>
    Strict,
}
