namespace ProbeAgent.ManifestTests;

/// <summary>What a mesh must be told by annotations of the pod: <c>docs/mesh.md</c> has the same table.</summary>
/// <param name="ExcludedPorts">Which inbound ports it does not capture.</param>
/// <param name="Rewriting">Whether it rewrites probes; null where it never does.</param>
/// <param name="NoRewriting">The value by which it does not.</param>
internal sealed record MeshAnnotations(string ExcludedPorts, string? Rewriting, string? NoRewriting)
{
    /// <summary>Each mesh.</summary>
    public static IReadOnlyList<MeshAnnotations> All { get; } =
    [
        new("traffic.sidecar.istio.io/excludeInboundPorts", "sidecar.istio.io/rewriteAppHTTPProbers", "false"),
        new("config.linkerd.io/skip-inbound-ports", null, null),
        new("traffic.kuma.io/exclude-inbound-ports", "kuma.io/application-probe-proxy-port", "0"),
        new("consul.hashicorp.com/transparent-proxy-exclude-inbound-ports", "consul.hashicorp.com/transparent-proxy-overwrite-probes", "false"),
    ];
}
