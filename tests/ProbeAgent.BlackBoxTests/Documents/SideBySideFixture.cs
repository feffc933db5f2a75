using System.Security.Cryptography.X509Certificates;
using ProbeAgent.BlackBoxTests.Tls;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.BlackBoxTests.Documents;

/// <summary>Ten checks of every kind in one agent: five apps are well, five hang, each in its own way. Nothing finished is shared.</summary>
public sealed class SideBySideFixture : IAsyncLifetime
{
    private static readonly AppScript StalledBody = AppScripts.Send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome");

    private readonly TestAuthority authority = new("Test Authority");
    private readonly X509Certificate2 certificate;
    private readonly FakeApp http = FakeApp.Start(AppScripts.Well);
    private readonly FakeApp tcp = FakeApp.Start(AppScripts.Silence);
    private readonly HostileApp https;
    private readonly Http2App grpc = Http2App.Start(Http2Scripts.Serving);
    private readonly Http2App secureGrpc;
    private readonly FakeApp silent = FakeApp.Start(AppScripts.Silence);
    private readonly FakeApp stalled = FakeApp.Start(StalledBody);
    private readonly int fullPort = FreePort.Next();
    private readonly FullBacklog full;
    private AgentProcess? agent;

    public SideBySideFixture()
    {
        certificate = authority.Issue("127.0.0.1");
        https = HttpsApp.Start(certificate);
        secureGrpc = Http2App.Start(Http2Scripts.Serving, certificate);
        full = new FullBacklog(fullPort);
    }

    /// <summary>The agent.</summary>
    public AgentProcess Agent => agent ?? throw new InvalidOperationException("The fixture has not been started.");

    /// <summary>The checks whose apps are well, in configured order.</summary>
    public static IReadOnlyList<string> Well { get; } = ["http", "https", "tcp", "grpc", "grpc-tls"];

    /// <summary>What /livez says, in configured order.</summary>
    public static string Text { get; } = """
        [-]hung-http failed: response_timeout
        [+]http ok
        [-]hung-https failed: response_timeout
        [+]https ok
        [-]hung-tcp failed: connect_timeout
        [+]tcp ok
        [-]hung-grpc failed: response_timeout
        [+]grpc ok
        [-]hung-body failed: body_timeout
        [+]grpc-tls ok
        livez check failed

        """;

    /// <summary>Starts all of it, and asks everything once: first questions load what later ones have at hand.</summary>
    public async ValueTask InitializeAsync()
    {
        agent = await AgentProcess.StartAsync(("PROBEAGENT_CONFIG_YAML", Document()));
        await Probe.GetAsync(agent, "/livez");
    }

    public async ValueTask DisposeAsync()
    {
        if (agent is not null)
        {
            await agent.DisposeAsync();
            Trace.AssertNone(agent.Output);
        }

        await http.DisposeAsync();
        await tcp.DisposeAsync();
        await https.DisposeAsync();
        await grpc.DisposeAsync();
        await secureGrpc.DisposeAsync();
        await silent.DisposeAsync();
        await stalled.DisposeAsync();
        full.Dispose();
        certificate.Dispose();
        authority.Dispose();
    }

    private string Document() => $$"""
        checks:
          - { name: hung-http, container: app, maxAgeSeconds: 0, httpGet: { port: {{silent.Port}} } }
          - { name: http, container: app, maxAgeSeconds: 0, httpGet: { port: {{http.Port}} } }
          - { name: hung-https, container: app, maxAgeSeconds: 0, httpGet: { scheme: HTTPS, port: {{silent.Port}} } }
          - { name: https, container: app, maxAgeSeconds: 0, httpGet: { scheme: HTTPS, port: {{https.Port}} } }
          - { name: hung-tcp, container: app, maxAgeSeconds: 0, timeoutSeconds: 2, tcpSocket: { port: {{fullPort}} } }
          - { name: tcp, container: app, maxAgeSeconds: 0, tcpSocket: { port: {{tcp.Port}} } }
          - { name: hung-grpc, container: app, maxAgeSeconds: 0, timeoutSeconds: 2, grpc: { port: {{silent.Port}} } }
          - { name: grpc, container: app, maxAgeSeconds: 0, grpc: { port: {{grpc.Port}}, service: shop.Cart } }
          - { name: hung-body, container: app, maxAgeSeconds: 0, httpGet: { port: {{stalled.Port}} } }
          - { name: grpc-tls, container: app, maxAgeSeconds: 0, grpc: { port: {{secureGrpc.Port}}, tls: true } }
        """;
}
