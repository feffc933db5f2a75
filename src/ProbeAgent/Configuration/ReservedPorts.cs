namespace ProbeAgent.Configuration;

/// <summary>Ports that a mesh's sidecar takes in every pod: the agent cannot listen there.</summary>
internal static class ReservedPorts
{
    /// <summary>The mesh that reserves the port; null where none does.</summary>
    public static string? OwnerOf(int port) => port switch
    {
        // pilot/cmd/pilot-agent/status (istioReservedPorts)
        15000 or 15001 or 15004 or 15006 or 15008 or 15020 or 15021 or 15053 or 15090 => "Istio",

        // linkerd-control-plane values.yaml
        4140 or 4143 or 4190 or 4191 => "Linkerd",

        // kuma-dp's metrics, virtual probes, probe proxy, Envoy admin and readiness; its capture ports are Istio's
        5670 or 9000 or 9001 or 9901 or 9902 => "Kuma",
        _ => null,
    };
}
