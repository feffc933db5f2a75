namespace ProbeAgent.Configuration;

/// <summary>The mesh that the pod is in.</summary>
internal enum MeshKind
{
    Auto,
    Istio,
    Linkerd,
    Kuma,
    Custom,
    None,
}
