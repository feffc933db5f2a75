namespace ProbeAgent.Mesh;

/// <summary>The way by which a probe has reached the agent, as far as it shows.</summary>
internal enum ProbeWay
{
    /// <summary>From outside the pod, and nothing of a sidecar about it.</summary>
    Direct,

    /// <summary>From inside the pod: a port-forward, an <c>exec</c>. It says nothing of the kubelet's way.</summary>
    FromThePod,

    /// <summary>Passed on by the sidecar, which has captured the connection.</summary>
    Captured,

    /// <summary>Asked by the sidecar's own prober, to which the mesh has rewritten the probe.</summary>
    Rewritten,

    /// <summary>Passed on by an Envoy, and it cannot be told whether captured or rewritten.</summary>
    ThroughEnvoy,
}
