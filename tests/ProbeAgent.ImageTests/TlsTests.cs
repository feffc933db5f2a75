using System.Text;
using System.Text.Json;
using ProbeAgent.Lab;

namespace ProbeAgent.ImageTests;

/// <summary>TLS in both directions, by the library that the image brings.</summary>
public sealed class TlsTests(AgentImage image)
{
    private const string TlsPort = "8443";
    private const string Service = "probe-agent-webhook.probe-agent.svc";

    [Fact]
    public async Task It_asks_by_HTTPS_and_by_gRPC_over_TLS()
    {
        PodProgram.IsNeeded();
        using var pod = await image.StartPodAsync();
        await using var app = await PodProgram.StartTlsAppAsync(pod, TlsPort);
        const string Document = $$$"""
            checks:
              - {name: web, maxAgeSeconds: 0, httpGet: {scheme: HTTPS, port: {{{TlsPort}}}, path: /status}}
              - {name: rpc, maxAgeSeconds: 0, grpc: {port: {{{TlsPort}}}, tls: true}}
            """;
        await using var agent = await image.StartCommandAsync(pod, ["--env=PROBEAGENT_DRAIN_SECONDS=0", $"--env=PROBEAGENT_CONFIG_YAML={Document}"]);

        Assert.Equal(["200"], pod.Ask("/livez/web"));
        Assert.Equal(["200"], pod.Ask("/livez/rpc"));
        await app.SayAsync("failing");
        Assert.Equal(["500"], pod.Ask("/livez/web"));
        Assert.Equal(["502"], pod.Ask("/livez/rpc"));
        Assert.NotEmpty(agent.MappedFiles("/libssl.so.3"));
        Figure.Print($"memory after TLS: {Figure.OfMemory(agent)}");
        Assert.Equal(("0", "false"), agent.Stop());
    }

    [Fact]
    public async Task Its_webhook_injects_a_pod()
    {
        Needs.Programs("openssl");
        using var pod = await image.StartPodAsync();
        var secret = image.Engine.Folder("secret");
        // As docs/webhook.md has it.
        Command.Run(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "365",
            "-keyout", $"{secret}/tls.key", "-out", $"{secret}/tls.crt",
            "-subj", "/CN=probe-agent-webhook", "-addext", $"subjectAltName=DNS:{Service}");
        // The kubelet mounts a secret readable for every user of the container.
        Command.Run("chmod", "-R", "a+rX", secret);
        await using var webhook = await image.StartCommandAsync(
            pod, [$"--volume={secret}:/etc/probe-agent/tls:ro"], "webhook", "--image=registry.example.com/probe-agent:1", "--mesh=istio", "--listen=:8443");

        var review = pod.Curl(
            "--fail", "--cacert", $"{secret}/tls.crt", "--resolve", $"{Service}:8443:127.0.0.1", "--header", "Content-Type: application/json",
            "--data", $"@{Checkout.InRoot("tests/ProbeAgent.BlackBoxTests/Webhook/reviews/replicaset-pod.json")}", $"https://{Service}:8443/mutate");

        using var answer = JsonDocument.Parse(review);
        var response = answer.RootElement.GetProperty("response");
        Assert.True(response.GetProperty("allowed").GetBoolean());
        Assert.Equal("JSONPatch", response.GetProperty("patchType").GetString());
        Assert.Contains("registry.example.com/probe-agent:1", Encoding.UTF8.GetString(response.GetProperty("patch").GetBytesFromBase64()), StringComparison.Ordinal);
        Assert.Equal(("0", "false"), webhook.Stop());
    }
}
