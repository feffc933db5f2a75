using System.Text;
using ProbeAgent.Configuration;
using ProbeAgent.Probing;

namespace ProbeAgent.Mesh;

/// <summary>
/// How a mesh is recognised: by pages at a port of its sidecar that nobody else would answer so. An open port says nothing, for the
/// meshes share some, and an app may have any.
/// </summary>
/// <param name="Kind">The mesh.</param>
/// <param name="Port">Where its sidecar is looked for.</param>
/// <param name="Looks">All of these must show it, in this order.</param>
/// <param name="ReadyPort">Where the sidecar says whether it is ready.</param>
/// <param name="ReadyPath">The path there.</param>
internal sealed record MeshMark(MeshKind Kind, int Port, IReadOnlyList<MeshLook> Looks, int ReadyPort, string ReadyPath)
{
    /// <summary>The meshes that are looked for, in this order.</summary>
    public static IReadOnlyList<MeshMark> All { get; } =
    [
        // istio pilot/cmd/pilot-agent/status/server.go (handleAppProbe): for a container that it knows no probe of.
        new(
            MeshKind.Istio,
            15020,
            [new("/app-health/none/livez", page => page.StatusCode == 400 && Begins(page, "app prober config does not exists for"))],
            15021,
            "/healthz/ready"),

        // linkerd2-proxy linkerd/app/admin/src/server.rs (live_rsp, ready_rsp)
        new(
            MeshKind.Linkerd,
            4191,
            [new("/live", page => page.StatusCode == 200 && Is(page, "live\n")), new("/ready", IsReadinessOfLinkerd)],
            4191,
            "/ready"),

        // kuma app/kuma-dp/pkg/dataplane/readiness/component.go (writeState)
        new(MeshKind.Kuma, 9902, [new("/ready", page => page.StatusCode is 200 or 503 && page.PoweredBy == "kuma-dp")], 9902, "/ready"),

        // The same file, where Envoy's admin port is a Unix socket: kuma-dp passes Envoy's own answer on, which any Envoy may give,
        // and turns away by itself what would change Envoy (proxyAdminReady, adminProxy).
        new(
            MeshKind.Kuma,
            9902,
            [new("/ready", IsReadinessOfEnvoy), new("/runtime_modify", page => page.StatusCode == 403 && Is(page, "forbidden\n"))],
            9902,
            "/ready"),
    ];

    /// <summary>Where the sidecar of a mesh says that it is ready; null for a mesh that is not in the list.</summary>
    public static HttpTarget? ReadyTargetOf(MeshKind kind) => All.FirstOrDefault(mark => mark.Kind == kind)?.ReadyTarget;

    /// <summary>Where its sidecar says that it is ready.</summary>
    public HttpTarget ReadyTarget => Target(ReadyPort, ReadyPath);

    /// <summary>What one of the looks asks.</summary>
    public HttpTarget TargetOf(MeshLook look) => Target(Port, look.Path);

    /// <summary>True where the mesh may be looked for: none of its ports belongs to somebody whom the agent asks anyway.</summary>
    public bool MayBeLookedFor(IReadOnlySet<int> taken) => !taken.Contains(Port) && !taken.Contains(ReadyPort);

    private static HttpTarget Target(int port, string path) => new(TargetHost.Auto, port, path, "", []);

    private static bool IsReadinessOfLinkerd(Page page) => page.StatusCode switch
    {
        200 => Is(page, "ready\n"),
        503 => Is(page, "not ready\n"),
        _ => false,
    };

    // envoy source/server/admin/server_info_handler.cc (handlerReady)
    private static bool IsReadinessOfEnvoy(Page page) => page.StatusCode switch
    {
        200 => page.Server == "envoy" && Is(page, "LIVE\n"),
        503 => Is(page, "envoy not ready\n")
            || (page.Server == "envoy" && (Is(page, "PRE_INITIALIZING\n") || Is(page, "INITIALIZING\n") || Is(page, "DRAINING\n"))),
        _ => false,
    };

    private static bool Is(Page page, string body) => page.Body.Span.SequenceEqual(Encoding.ASCII.GetBytes(body));

    private static bool Begins(Page page, string body) => page.Body.Span.StartsWith(Encoding.ASCII.GetBytes(body));
}
