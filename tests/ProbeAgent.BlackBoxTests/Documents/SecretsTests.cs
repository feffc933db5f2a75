using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests.Documents;

/// <summary>Configured headers reach the app; their values, and the keys of hooks, are nowhere else.</summary>
public sealed class SecretsTests
{
    private const string Document = """
        detail: full
        log: { level: debug }
        checks:
          - name: web
            httpGet:
              port: $web
              path: /status
              httpHeaders:
                - { name: Authorization, value: Bearer TopSecretToken }
                - { name: X-Probe, value: TopSecretOne }
                - { name: X-Probe, value: TopSecretTwo }
            maxAgeSeconds: 0
          - name: moved
            httpGet:
              port: $moved
              httpHeaders: [{ name: Host, value: topsecret-host.example }, { name: User-Agent, value: TopSecretAgent }]
            maxAgeSeconds: 0
        hooks:
          - container: web
            hook: preStop
            key: TopSecretKeyOfTheHook0123456789abcdef
            httpGet:
              port: $web
              path: /shutdown
              httpHeaders: [{ name: X-Hook, value: TopSecretOfTheHook }]
        """;

    [Fact]
    public async Task Headers_reach_the_app_as_they_are_written_and_in_their_order()
    {
        await using var pod = await DocumentPod.StartAsync(["web", "moved"], Document);

        await pod.GetAsync("/livez", "Authorization: of the caller", "X-Probe: of the caller");

        var lines = pod["web"].LastVisit.Received.Split("\r\n");
        Assert.Equal(
            ["Authorization: Bearer TopSecretToken", "X-Probe: TopSecretOne", "X-Probe: TopSecretTwo"],
            lines.Where(line => line.StartsWith("Authorization", StringComparison.Ordinal) || line.StartsWith("X-Probe", StringComparison.Ordinal)));
        var moved = pod["moved"].LastVisit;
        Assert.Equal(("topsecret-host.example", "TopSecretAgent"), (moved.Header("Host"), moved.Header("User-Agent")));
    }

    [Fact]
    public async Task Nothing_that_a_person_or_the_network_can_read_has_their_values()
    {
        await using var pod = await DocumentPod.StartAsync(["web", "moved"], Document, ("PROBEAGENT_DRAIN_SECONDS", "0"));
        var read = new List<string>();
        foreach (var script in new[] { AppScripts.Well, AppScripts.Status(500), AppScripts.Reset, AppScripts.SendThenFinish("nonsense\r\n\r\n") })
        {
            pod["web"].Script = script;
            pod["moved"].Script = script;
            foreach (var target in new[] { "/livez?verbose", "/livez/nosuch", "/app-lifecycle/web/preStop?key=wrong-key-of-somebody" })
            {
                read.Add(await ReadAsync(pod.Agent.PublicPort, target));
            }

            read.Add(await ReadAsync(pod.Agent.PublicPort, "/metrics"));
            foreach (var target in new[] { "/", "/status.json", "/config" })
            {
                read.Add(await ReadAsync(pod.Agent.AdminPort, target));
            }

            read.Add((await AgentRun.OfAsync(["status", "--admin", $"127.0.0.1:{pod.Agent.AdminPort}"])).Output);
        }

        await pod.EndAndFindAsync("");
        read.Add(pod.Agent.Output);

        Assert.Contains(read, text => text.Contains("/shutdown", StringComparison.Ordinal));
        Assert.Contains(read, text => text.Contains("Authorization", StringComparison.Ordinal));
        Assert.All(read, text => Assert.DoesNotContain("TopSecret", text, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("validate", "-")]
    [InlineData("check")]
    public async Task Nor_has_what_a_command_prints(params string[] command)
    {
        await using var app = FakeApp.Start(AppScripts.Reset);
        var document = Document
            .Replace("$web", $"{app.Port}", StringComparison.Ordinal).Replace("$moved", $"{app.Port}", StringComparison.Ordinal);
        using var file = new TemporaryFile(document, ".yaml");
        string[] arguments = command is ["validate", ..] ? ["validate", file.Path] : [.. command, "--config", file.Path];

        var run = await AgentRun.OfAsync(arguments);

        Assert.Contains("web", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("TopSecret", run.Output + run.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("checks: [{ name: a, httpGet: { port: 80, httpHeaders: [{ name: X, value: \"TopSecret\\nX-Other: 1\" }] } }]")]
    [InlineData("checks: [{ name: a, httpGet: { port: 80, httpHeaders: [{ name: X, value: [TopSecret] }] } }]")]
    [InlineData("checks: [{ name: a, httpGet: { port: 80, httpHeaders: [{ name: X, valeu: TopSecret }] } }]")]
    [InlineData("checks: [{ name: a, httpGet: { port: 80, httpHeaders: [{ name: 'X:', value: TopSecret }] } }]")]
    [InlineData("checks: [{ name: a, httpGet: { port: 80, httpHeaders: { X: TopSecret } } }]")]
    [InlineData("checks: [{ name: a, tcpSocket: { port: 80 } }]\nhooks: [{ container: a, hook: preStop, key: 'TopSecret key', httpGet: { port: 80 } }]")]
    [InlineData("checks: [{ name: a, tcpSocket: { port: 80 } }]\nhooks: [{ container: a, hook: preStop, key: [TopSecret], httpGet: { port: 80 } }]")]
    [InlineData("checks: [{ name: a, tcpSocket: { port: 80 } }]\nhooks: [{ container: a, hook: preStop, kee: TopSecret, httpGet: { port: 80 } }]")]
    public async Task A_mistake_about_them_does_not_repeat_them(string document)
    {
        var run = await AgentRun.OfAsync([], ("PROBEAGENT_CONFIG_YAML", document));

        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.ErrorLines);
        Assert.DoesNotContain("TopSecret", run.Output + run.Error, StringComparison.Ordinal);
    }

    /// <summary>Whatever comes back, head and body; nothing where the connection just ends.</summary>
    private static async Task<string> ReadAsync(int port, string target)
    {
        using var connection = await ProbeConnection.OpenAsync(System.Net.IPAddress.Loopback, port);
        await connection.SendAsync(Probe.Request("GET", target, port));
        return await connection.ReadToEndAsync();
    }
}
