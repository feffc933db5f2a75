namespace ProbeAgent.Configuration;

/// <summary>Ports that a mesh's sidecar takes in every pod: the agent cannot listen there.</summary>
internal static class ReservedPorts
{
    // Istio: pilot/cmd/pilot-agent/status (istioReservedPorts). Linkerd: linkerd-control-plane values.yaml.
    // Kuma: kuma-dp's Envoy admin, readiness, probe proxy, virtual probes and metrics; its capture ports are Istio's.
    private static readonly Dictionary<int, string> Owners = new()
    {
        [15000] = "Istio", [15001] = "Istio", [15004] = "Istio", [15006] = "Istio", [15008] = "Istio",
        [15020] = "Istio", [15021] = "Istio", [15053] = "Istio", [15090] = "Istio",
        [4140] = "Linkerd", [4143] = "Linkerd", [4190] = "Linkerd", [4191] = "Linkerd",
        [5670] = "Kuma", [9000] = "Kuma", [9001] = "Kuma", [9901] = "Kuma", [9902] = "Kuma",
    };

    /// <summary>The mesh that reserves the port; null where none does.</summary>
    public static string? OwnerOf(int port) => Owners.GetValueOrDefault(port);
}
