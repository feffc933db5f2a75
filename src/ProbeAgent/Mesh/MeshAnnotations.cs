using System.Globalization;

namespace ProbeAgent.Mesh;

/// <summary>The annotations of a pod by which its mesh leaves the agent's port and the probes alone.</summary>
/// <param name="ForThePort">Keeps the port out of the capture.</param>
/// <param name="ForTheProbes">Keeps the probes from being rewritten; null where the mesh rewrites none.</param>
internal sealed record MeshAnnotations(string ForThePort, string? ForTheProbes)
{
    /// <summary>What to do, in a sentence.</summary>
    /// <param name="mesh">As in <see cref="MeshSnapshot.Mesh"/>, or <c>consul</c>; Istio's stand for one that is not known.</param>
    /// <param name="port">The agent's public port.</param>
    public static string Advice(string mesh, int port)
    {
        var (isKnown, annotations) = Of(mesh, port.ToString(CultureInfo.InvariantCulture));
        var both = annotations.ForTheProbes is { } second
            ? $"the two annotations belong together on the pod: {annotations.ForThePort} and {second}"
            : $"the pod needs the annotation {annotations.ForThePort}";
        return isKnown ? both : $"{both} (Istio's; for other meshes see docs/mesh.md)";
    }

    private static (bool IsKnown, MeshAnnotations Annotations) Of(string mesh, string port) => mesh switch
    {
        "istio" => (true, Istio(port)),
        "linkerd" => (true, new($"config.linkerd.io/skip-inbound-ports: \"{port}\"", null)),
        "kuma" => (true, new($"traffic.kuma.io/exclude-inbound-ports: \"{port}\"", "kuma.io/application-probe-proxy-port: \"0\"")),
        "consul" => (true, new(
            $"consul.hashicorp.com/transparent-proxy-exclude-inbound-ports: \"{port}\"",
            "consul.hashicorp.com/transparent-proxy-overwrite-probes: \"false\"")),
        _ => (false, Istio(port)),
    };

    private static MeshAnnotations Istio(string port) => new(
        $"traffic.sidecar.istio.io/excludeInboundPorts: \"{port}\"", "sidecar.istio.io/rewriteAppHTTPProbers: \"false\"");
}
