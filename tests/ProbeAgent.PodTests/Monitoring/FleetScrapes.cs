using System.Globalization;

namespace ProbeAgent.PodTests.Monitoring;

/// <summary>How Prometheus is told of the fleet, with the labels that a PodMonitor gives.</summary>
internal static class FleetScrapes
{
    /// <summary>Where a page like an API server's is, on the node.</summary>
    public const int ApiServerPort = 9100;

    /// <summary>The metrics of an API server that has made so many pods without asking the webhook.</summary>
    public static string ApiServerPage(int failOpen) => string.Create(CultureInfo.InvariantCulture, $$"""
        # TYPE apiserver_admission_webhook_fail_open_count counter
        apiserver_admission_webhook_fail_open_count{name="namespaces.a-probe-agent.injection",type="admit"} {{failOpen}}

        """);

    /// <summary>The API server.</summary>
    public static string ApiServer => Job("apiserver", $"127.0.0.1:{ApiServerPort}", "/metrics", "");

    /// <summary>The agent of a pod.</summary>
    public static string Agent(string pod, int port) => Job($"shop/{pod}", At(port), "/metrics", $"namespace: shop, pod: {pod}, container: probe-agent");

    /// <summary>An app, through a relay.</summary>
    public static string Relay(string name, int port) =>
        Job($"relay-{name}", At(port), $"/relay/{name}", $"namespace: shop, pod: {TroubledFleet.Troubled}, container: app");

    /// <summary>A webhook, in a namespace of its own.</summary>
    public static string Webhook(string pod, int port) => Job($"probe-agent/{pod}", At(port), "/metrics", $"namespace: {pod}, pod: {pod}, container: webhook");

    private static string At(int port) => string.Create(CultureInfo.InvariantCulture, $"{Pod.Address}:{port}");

    private static string Job(string name, string target, string path, string labels) => $$"""
        - job_name: {{name}}
          metrics_path: {{path}}
          static_configs: [{targets: ['{{target}}'], labels: { {{labels}} } }]
        """;
}
