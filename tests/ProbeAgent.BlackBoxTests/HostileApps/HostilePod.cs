using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ProbeAgent.BlackBoxTests.Tls;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;
using ProbeAgent.Lab.Hostile;
using Answer = ProbeAgent.Lab.Hostile.Answer;

namespace ProbeAgent.BlackBoxTests.HostileApps;

/// <summary>
/// Three apps that do as they are told, the agent that asks them, and beside them another host: whatever the apps do, nobody
/// connects to that, and the agent does not grow.
/// </summary>
public sealed class HostilePod : IAsyncLifetime
{
    // As much as the heap may breathe. A body of 50 MB that is kept is more, and a single one of the endless answers hundreds of mebibytes.
    private const long Growth = 32L << 20;

    private static readonly IPAddress OtherAddress = IPAddress.Parse("127.0.0.9");

    private readonly X509Certificate2 certificate = TestAuthority.SelfSigned("127.0.0.1");
    private readonly SslServerAuthenticationOptions tls;
    private readonly FakeApp[] otherHosts;
    private AgentProcess? agent;
    private long resident;

    public HostilePod()
    {
        tls = new SslServerAuthenticationOptions { ServerCertificate = certificate };
        Secured = HostileApp.Start(IPAddress.Loopback, _ => Ok, tls);
        otherHosts = [Other(Plain.Port), Other(Secured.Port), .. Environment.IsPrivilegedProcess ? [Other(80), Other(443)] : (FakeApp[])[]];
    }

    /// <summary>A short answer that is well.</summary>
    public static Answer Ok { get; } = Answer.Whole("HTTP/1.1 200 OK");

    /// <summary>What check <c>http</c> asks, and relay <c>app</c>.</summary>
    public HostileApp Plain { get; } = HostileApp.Start(_ => Ok);

    /// <summary>What check <c>https</c> asks.</summary>
    public HostileApp Secured { get; }

    /// <summary>What check <c>grpc</c> asks.</summary>
    public HostileApp Grpc { get; } = HostileApp.Start(_ => Answer.Nothing);

    /// <summary>The agent.</summary>
    public AgentProcess Agent => agent ?? throw new InvalidOperationException("The pod has not been started.");

    /// <summary>Asks the check while its app does that, and holds all that every row has in common.</summary>
    public async Task<Wire.Answer> AskAsync(string check, HostileRow row)
    {
        var answer = row.Answer(this);
        App(check).AnswerWith(_ => answer);

        var said = await Probe.GetAsync(Agent, $"/livez/{check}");

        Assert.InRange(said.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        AssertUnmoved();
        return said;
    }

    /// <summary>Asks check <c>https</c> while its app does that before any TLS is spoken.</summary>
    public async Task<Wire.Answer> AskUnsecuredAsync(HostileRow row)
    {
        Secured.SecureWith(null);
        try
        {
            return await AskAsync("https", row);
        }
        finally
        {
            Secured.SecureWith(tls);
        }
    }

    /// <summary>Fails where a byte, or a connection, went to another host, or where the agent has grown.</summary>
    public void AssertUnmoved()
    {
        Assert.All(otherHosts, other => Assert.Empty(other.Visits));
        Assert.InRange(RelayReading.Resident(Agent) - resident, long.MinValue, Growth);
    }

    public async ValueTask InitializeAsync()
    {
        var document = $$"""
            checks:
              - { name: http, httpGet: { host: 127.0.0.1, port: {{Plain.Port}} }, maxAgeSeconds: 0 }
              - { name: https, httpGet: { scheme: HTTPS, host: 127.0.0.1, port: {{Secured.Port}} }, maxAgeSeconds: 0 }
              - { name: grpc, grpc: { host: 127.0.0.1, port: {{Grpc.Port}} }, maxAgeSeconds: 0 }
            relays: [{ name: app, target: "http://127.0.0.1:{{Plain.Port}}/metrics" }]
            """;
        agent = await AgentProcess.StartAsync(("PROBEAGENT_CONFIG_YAML", document));
        foreach (var path in new[] { "/livez/http", "/livez/https", "/livez/grpc", "/relay/app" })
        {
            await Probe.GetAsync(agent, path);
        }

        resident = RelayReading.Resident(agent);
    }

    public async ValueTask DisposeAsync()
    {
        if (agent is not null)
        {
            await agent.DisposeAsync();
            Trace.AssertNone(agent.Output);
            Assert.DoesNotContain("bug of the agent", agent.Output, StringComparison.Ordinal);
        }

        foreach (var app in otherHosts)
        {
            await app.DisposeAsync();
        }

        await Plain.DisposeAsync();
        await Secured.DisposeAsync();
        await Grpc.DisposeAsync();
        certificate.Dispose();
    }

    private static FakeApp Other(int port) => FakeApp.StartOn(port, AppScripts.Well, OtherAddress);

    private HostileApp App(string check) => check switch
    {
        "http" => Plain,
        "https" => Secured,
        _ => Grpc,
    };
}
