namespace ProbeAgent.PodTests;

/// <summary>What the sidecars' own endpoints answer, by their sources.</summary>
internal static class SidecarAnswers
{
    /// <summary>Where each mesh shows itself, and where it says that it is ready.</summary>
    public static (int MarkPort, int ReadyPort) PortsOf(string mesh) => mesh switch
    {
        "istio" => (15020, 15021),
        "linkerd" => (4191, 4191),
        _ => (9902, 9902),
    };

    /// <summary>Its answers at all of its ports.</summary>
    public static Func<string, string> Of(string mesh, bool isReady = true) => mesh switch
    {
        // istio pilot/cmd/pilot-agent/status/server.go, and Envoy's health check filter at 15021
        "istio" => path => path switch
        {
            "/healthz/ready" when isReady => StandIn.Answer("200 OK", "", "date: Sun, 29 Nov 2026 06:00:00 GMT\r\nserver: envoy\r\nx-envoy-upstream-service-time: 0\r\n"),
            "/healthz/ready" => StandIn.Answer("503 Service Unavailable", "", "server: envoy\r\nx-envoy-upstream-service-time: 1\r\n"),
            _ => StandIn.Answer("400 Bad Request", $"app prober config does not exists for {path}", "Content-Type: text/plain; charset=utf-8\r\n"),
        },

        // linkerd2-proxy linkerd/app/admin/src/server.rs
        "linkerd" => path => path switch
        {
            "/live" => StandIn.Answer("200 OK", "live\n", "content-type: text/plain\r\n"),
            "/ready" when isReady => StandIn.Answer("200 OK", "ready\n", "content-type: text/plain\r\n"),
            "/ready" => StandIn.Answer("503 Service Unavailable", "not ready\n"),
            _ => StandIn.Answer("404 Not Found", ""),
        },

        // kuma app/kuma-dp/pkg/dataplane/readiness/component.go (writeState)
        "kuma" => path => path switch
        {
            "/ready" when isReady => StandIn.Answer("200 OK", "READY", "content-type: text/plain\r\ncache-control: no-cache, max-age=0\r\nx-powered-by: kuma-dp\r\n"),
            "/ready" => StandIn.Answer("503 Service Unavailable", "NOT_READY", "content-type: text/plain\r\nx-powered-by: kuma-dp\r\n"),
            _ => StandIn.Answer("404 Not Found", "404 page not found\n"),
        },

        // The same where Envoy's admin port is a Unix socket (proxyAdminReady, adminProxy)
        _ => path => path switch
        {
            "/ready" when isReady => StandIn.Answer("200 OK", "LIVE\n", "Content-Type: text/plain; charset=UTF-8\r\nServer: envoy\r\n"),
            "/ready" => StandIn.Answer("503 Service Unavailable", "PRE_INITIALIZING\n", "Content-Type: text/plain; charset=UTF-8\r\nServer: envoy\r\n"),
            _ => StandIn.Answer("403 Forbidden", "forbidden\n", "Content-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n"),
        },
    };
}
