using System.Net;

namespace ProbeAgent.Mesh;

/// <summary>Tells by what way a probe has come: by its sender's address, and by headers that the kubelet never sends.</summary>
internal static class ProbeWays
{
    // The source by which the capture rules of Istio and Kuma know what has been through the sidecar:
    // istio tools/istio-iptables/pkg/capture/run.go.
    private static readonly IPAddress Passthrough = IPAddress.Parse("127.0.0.6");
    private static readonly IPAddress MappedPassthrough = Passthrough.MapToIPv6();
    private static readonly IPAddress IPv6Passthrough = IPAddress.Parse("::6");

    /// <summary>The way of a probe with these headers.</summary>
    /// <param name="headers">Its headers.</param>
    /// <param name="from">The sender's address; null where it has none.</param>
    /// <param name="to">The address on which it reached us; null where there is none.</param>
    public static ProbeWay Of(IHeaderDictionary headers, IPAddress? from, IPAddress? to)
    {
        var hasEnvoysHeaders = HasEnvoysHeaders(headers);
        if (from is not null && (from.Equals(Passthrough) || from.Equals(MappedPassthrough) || from.Equals(IPv6Passthrough)))
        {
            // The probers of istio (pilot-agent status/server.go) and kuma (kuma-dp probes/http.go) are Go clients that ask
            // for gzip. The kubelet does not, and Envoy adds no such wish.
            return !hasEnvoysHeaders && headers.AcceptEncoding.Count > 0 ? ProbeWay.Rewritten : ProbeWay.Captured;
        }

        if (hasEnvoysHeaders)
        {
            return ProbeWay.ThroughEnvoy;
        }

        return from is null || IPAddress.IsLoopback(from) || from.Equals(to) ? ProbeWay.FromThePod : ProbeWay.Direct;
    }

    private static bool HasEnvoysHeaders(IHeaderDictionary headers)
    {
        // All that the kubelet sends of its own accord: nothing is left to look through.
        if (headers.Count == headers.Host.Count + headers.UserAgent.Count + headers.Accept.Count + headers.Connection.Count)
        {
            return false;
        }

        foreach (var (name, _) in headers)
        {
            if (name.StartsWith("x-envoy-", StringComparison.OrdinalIgnoreCase)
                || name.Equals("x-forwarded-client-cert", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
