using ProbeAgent.Checks;
using ProbeAgent.Configuration;
using ProbeAgent.Mesh;

namespace ProbeAgent.Serving;

/// <summary>What the watch for captured probes gets to see of a request.</summary>
internal static class KubeletSighting
{
    /// <summary>A probe that says it is the kubelet's; null for anybody else's.</summary>
    public static ProbeSighting? Of(HttpContext context, string path, ProbeKind probe)
    {
        var headers = context.Request.Headers;
        var (from, to) = (context.Connection.RemoteIpAddress, context.Connection.LocalIpAddress);
        return ProbeUserAgent.IsKubelet(headers.UserAgent) ? new ProbeSighting(path, probe, ProbeWays.Of(headers, from, to)) : null;
    }
}
