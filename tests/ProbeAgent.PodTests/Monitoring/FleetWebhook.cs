using System.Globalization;
using System.Text.Json.Nodes;
using ProbeAgent.Lab;

namespace ProbeAgent.PodTests.Monitoring;

/// <summary>Two webhooks, one of which is to die, and whoever asks the other.</summary>
internal sealed class FleetWebhook : IAsyncDisposable
{
    /// <summary>Where the one that stays has its metrics.</summary>
    public const int MetricsPort = 16087;

    /// <summary>Where the one that dies has them.</summary>
    public const int DyingMetricsPort = 16088;

    private const int Port = 8443;
    private const int DyingPort = 8444;

    private readonly Pod pod;
    private readonly PodProcess staying;
    private readonly PodProcess dying;
    private readonly string[] reviews;

    private FleetWebhook(Pod pod, PodProcess staying, PodProcess dying, string[] reviews) =>
        (this.pod, this.staying, this.dying, this.reviews) = (pod, staying, dying, reviews);

    /// <summary>Starts both.</summary>
    public static async Task<FleetWebhook> StartAsync(PodLab lab, Pod pod)
    {
        // Of the three pods one gets the agent, one would get it if its hook could be moved, and one is the mesh's already.
        string[] reviews = [lab.File("moved.json"), lab.File("hook.json"), lab.File("mesh-came-first.json")];
        var plain = await ReadAsync("replicaset-pod");
        await File.WriteAllTextAsync(reviews[0], plain.ToJsonString());
        plain["request"]!["object"]!["spec"]!["containers"]![0]!["lifecycle"] = JsonNode.Parse("""{"preStop": {"httpGet": {"path": "/stop", "port": 80}}}""");
        await File.WriteAllTextAsync(reviews[1], plain.ToJsonString());
        await File.WriteAllTextAsync(reviews[2], (await ReadAsync("pod-after-istio")).ToJsonString());
        return new FleetWebhook(pod, await StartOneAsync(lab, pod, Port, MetricsPort), await StartOneAsync(lab, pod, DyingPort, DyingMetricsPort), reviews);
    }

    /// <summary>Asks about each pod once, as an API server does.</summary>
    public Task ReviewAsync()
    {
        foreach (var review in reviews)
        {
            var said = Command.TryRun(PodProcess.Describe(
                pod.Network, ServiceGo.User, "curl", "-sSk", "--max-time", "5", "-H", "Content-Type: application/json", "--data-binary", $"@{review}",
                $"https://127.0.0.1:{Port}/mutate?timeout=2s"));
            Assert.True(said.ExitCode == 0, said.Error);
        }

        return Task.CompletedTask;
    }

    /// <summary>Ends the one that is to die.</summary>
    public Task KillOneAsync() => dying.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await staying.DisposeAsync();
        await dying.DisposeAsync();
    }

    private static async Task<JsonNode> ReadAsync(string name) =>
        JsonNode.Parse(await File.ReadAllTextAsync(Checkout.InRoot($"tests/ProbeAgent.BlackBoxTests/Webhook/reviews/{name}.json")))!;

    private static Task<PodProcess> StartOneAsync(PodLab lab, Pod pod, int port, int metricsPort)
    {
        var certificate = lab.Certificates.ServerFile;
        return PodProcess.StartAsync(
            PodProcess.Describe(
                pod.Network, ServiceGo.User, lab.AgentBinary, "webhook", "--image=registry.example.com/probe-agent:1", "--mesh=istio",
                string.Create(CultureInfo.InvariantCulture, $"--listen=:{port}"), string.Create(CultureInfo.InvariantCulture, $"--metrics-listen=:{metricsPort}"),
                $"--tls-cert-file={certificate}", $"--tls-key-file={certificate}"),
            "listening on");
    }
}
