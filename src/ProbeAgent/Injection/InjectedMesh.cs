namespace ProbeAgent.Injection;

/// <summary>The mesh of a pod, as <c>--mesh</c> names it.</summary>
internal enum InjectedMesh
{
    /// <summary>By the manifest's own signs; without any that is an error.</summary>
    Auto,
    Istio,
    Linkerd,
    Kuma,
    Consul,
    None,
}
