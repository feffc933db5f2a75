using System.Globalization;

namespace ProbeAgent.PodTests;

/// <summary>
/// What istio-init leaves in the pod's nat table: every inbound connection goes to the sidecar's 15006 and every
/// outbound one to its 15001, but for excluded inbound ports, loopback traffic that is not the sidecar's, and the
/// sidecar's own. The rules and their order are istio's: cni/pkg/plugin/testdata/basic.txt.golden.
/// </summary>
internal static class CaptureRules
{
    /// <summary>Uid and gid of the sidecar.</summary>
    public const int ProxyUser = 1337;

    /// <summary>Where inbound connections go.</summary>
    public const int InboundPort = 15006;

    // Envoy's metrics and readiness, and the port of Istio's agent: never captured.
    private static readonly int[] AlwaysExcluded = [15020, 15021, 15090];

    /// <summary>The rules in the form of <c>iptables-restore</c>.</summary>
    public static string ForIPv4(IEnumerable<int> excludedInboundPorts) =>
        Rules(excludedInboundPorts, loopback: "127.0.0.1/32", passthroughSource: "127.0.0.6/32");

    /// <summary>The rules in the form of <c>ip6tables-restore</c>.</summary>
    public static string ForIPv6(IEnumerable<int> excludedInboundPorts) =>
        Rules(excludedInboundPorts, loopback: "::1/128", passthroughSource: "::6/128");

    private static string Rules(IEnumerable<int> excludedInboundPorts, string loopback, string passthroughSource)
    {
        var excluded = AlwaysExcluded.Concat(excludedInboundPorts).Select(port => string.Create(
            CultureInfo.InvariantCulture, $"-A ISTIO_INBOUND -p tcp --dport {port} -j RETURN"));
        return $"""
            *nat
            :ISTIO_INBOUND - [0:0]
            :ISTIO_IN_REDIRECT - [0:0]
            :ISTIO_OUTPUT - [0:0]
            :ISTIO_REDIRECT - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A ISTIO_INBOUND -p tcp --dport 15008 -j RETURN
            {string.Join('\n', excluded)}
            -A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT
            -A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports 15006
            -A OUTPUT -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -o lo -s {passthroughSource} -j RETURN
            -A ISTIO_OUTPUT -o lo ! -d {loopback} -p tcp ! --dport 15008 -m owner --uid-owner 1337 -j ISTIO_IN_REDIRECT
            -A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -o lo ! -d {loopback} -p tcp ! --dport 15008 -m owner --gid-owner 1337 -j ISTIO_IN_REDIRECT
            -A ISTIO_OUTPUT -o lo -m owner ! --gid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -m owner --gid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -d {loopback} -j RETURN
            -A ISTIO_OUTPUT -j ISTIO_REDIRECT
            -A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001
            COMMIT

            """;
    }
}
