namespace ProbeAgent.PodTests;

/// <summary>What can be wrong with an app, each caused for real.</summary>
internal static class FaultTable
{
    /// <summary>The agent gets no CPU, which is no fault of the app.</summary>
    public const string Starved = "the agent itself gets no CPU";

    /// <summary>The sidecar has the agent's port, and passes on what comes.</summary>
    public const string Captured = "the agent's port is captured";

    /// <summary>The app is well, and what is before it is not.</summary>
    public const string SidecarNotReady = "the sidecar is not ready (with `mesh.gate`)";

    private const string Plain = "httpGet: {port: 80, path: /status}";

    public static IReadOnlyList<FaultRow> Rows { get; } =
    [
        new("the app does not listen", Plain) { App = AppCondition.Killed },
        new("it listens on another port", Plain) { OnlyPort = 8080 },
        new("it hangs", Plain) { App = AppCondition.Frozen },
        new("it is slower than the budget", Plain) { Orders = ["delay 1400ms"] },
        new("it has no such path", "httpGet: {port: 80, path: /stauts}"),
        new("it asks for a login", Plain) { Orders = ["status 401"] },
        new("it answers 500", Plain) { Orders = ["status 500"] },
        new("it answers 503", Plain) { Orders = ["status 503"] },
        new("it answers 502 itself", Plain) { Orders = ["status 502"] },
        new("it answers 504 itself", Plain) { Orders = ["status 504"] },
        new("it redirects to a login on another host", Plain)
        {
            Orders = ["status 302", "location https://login.example/?token=secret"],
            IsUp = true,
        },
        new("it redirects in a circle", Plain) { Orders = ["status 302", "location /status?token=secret"] },
        new("it is asked in plain and speaks TLS", "httpGet: {port: 443, path: /status}"),
        new("it is asked over TLS and speaks plain", "httpGet: {scheme: HTTPS, port: 80, path: /status}"),
        new("its certificate is not that of `caFile`", "httpGet: {scheme: HTTPS, port: 443, path: /status, caFile: CA}"),
        new("its gRPC health is not SERVING", "grpc: {port: 9090}") { Orders = ["grpc NOT_SERVING"] },
        new("it does not know the gRPC service", "grpc: {port: 9090, service: shop.Cart}"),
        new("it stalls in its body", Plain) { Orders = ["stall"] },
    ];

    /// <summary>Those that are caused in another way, each by a test of its own.</summary>
    public static IReadOnlyList<string> Others { get; } = [Starved, Captured, SidecarNotReady];

    /// <summary>The row of that name.</summary>
    public static FaultRow Row(string name) => Rows.Single(row => row.Name == name);
}
