using System.Net;
using System.Net.Sockets;
using ProbeAgent.Lab;
using ProbeAgent.Lab.Hostile;
using ProbeAgent.ParityTests.Cases;

namespace ProbeAgent.ParityTests;

/// <summary>
/// One hostile app and one agent that asks it. The kubelet and the agent are asked one after the other about the same case
/// on the same port; lanes stand side by side.
/// </summary>
internal sealed class Lane : IAsyncDisposable
{
    private const int MostTries = 3;

    private static readonly TimeSpan TolerableLateness = TimeSpan.FromMilliseconds(100);

    private readonly HostileApp app;
    private readonly AskedAgent agent;
    private readonly Func<Task<KubeletVerdict>> askKubelet;
    private readonly Func<Task<AgentVerdict>> askAgent;
    private readonly Addresses addresses;

    private Lane(
        HostileApp app,
        AskedAgent agent,
        IPAddress host,
        Neighbours neighbours,
        Func<Task<KubeletVerdict>> askKubelet,
        Func<Task<AgentVerdict>> askAgent)
    {
        this.app = app;
        this.agent = agent;
        this.askKubelet = askKubelet;
        this.askAgent = askAgent;
        addresses = new Addresses(Literal(host), app.Port, neighbours.Plain.Port, neighbours.Tls.Port, agent.Port);
    }

    /// <summary>An HTTP check of the app at 127.0.0.1, by that address.</summary>
    public static Task<Lane> HttpAsync(KubeletProber prober, Neighbours neighbours, string scheme = "http") =>
        OnLoopbackAsync(
            neighbours,
            target: app => $"{scheme}://127.0.0.1:{app.PortText}{RedirectCases.Start}",
            askKubelet: app => prober.HttpGetAsync("127.0.0.1", app.Port, RedirectCases.Start, scheme),
            scheme);

    /// <summary>A TCP check of the app at 127.0.0.1, by that address.</summary>
    public static Task<Lane> TcpAsync(KubeletProber prober, Neighbours neighbours) =>
        OnLoopbackAsync(
            neighbours,
            target: app => $"tcp://127.0.0.1:{app.PortText}",
            askKubelet: app => prober.TcpSocketAsync("127.0.0.1", app.Port));

    /// <summary>A gRPC check of the app at 127.0.0.1, by that address.</summary>
    public static Task<Lane> GrpcAsync(KubeletProber prober, Neighbours neighbours) =>
        OnLoopbackAsync(
            neighbours,
            target: app => $"grpc://127.0.0.1:{app.PortText}",
            askKubelet: app => prober.GrpcAsync("127.0.0.1", app.Port, service: ""));

    /// <summary>A hook of the app at 127.0.0.1, which the kubelet calls directly, and through the agent.</summary>
    public static async Task<Lane> HookAsync(KubeletProber prober, Neighbours neighbours, string scheme)
    {
        var app = Beginning(IPAddress.Loopback, scheme);
        var agent = await AskedAgent.StartWithDocumentAsync(Documents.Hook(scheme, app.Port));
        return await WarmAsync(new Lane(
            app,
            agent,
            IPAddress.Loopback,
            neighbours,
            askKubelet: () => prober.HookAsync("127.0.0.1", app.Port, RedirectCases.Start, scheme),
            askAgent: async () =>
            {
                var (result, output) = await prober.HookAsync("127.0.0.1", agent.Port, Documents.HookPath);
                return new AgentVerdict(result, output);
            }));
    }

    /// <summary>An HTTP check with host <c>auto</c>, called like a pod by the machine's own address; the app listens where it is told.</summary>
    public static Task<Lane> AutoAsync(KubeletProber prober, Neighbours neighbours, IPAddress pod, IPAddress listen) =>
        StartAsync(
            neighbours,
            host: pod,
            listen,
            target: app => $":{app.PortText}{RedirectCases.Start}",
            askKubelet: app => prober.HttpGetAsync(pod.ToString(), app.Port, RedirectCases.Start));

    /// <summary>Asks both.</summary>
    public async Task<Comparison> CompareAsync(ParityCase one)
    {
        app.SecureWith(one.Tls);
        app.AnswerWith(request => one.Answer(request, addresses));
        if (one.Port is not PortState.Open)
        {
            await app.StopListeningAsync();
        }

        try
        {
            using var backlog = one.Port is PortState.Full ? new FullBacklog(app.Port) : null;
            // Where the app itself was later than the case says, this was another case.
            for (var tried = 1; ; tried++)
            {
                var (comparison, lateness) = await CompareAsync(one.Id);
                if (lateness < TolerableLateness || tried == MostTries)
                {
                    return comparison;
                }
            }
        }
        finally
        {
            if (one.Port is not PortState.Open)
            {
                app.Listen();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        await app.DisposeAsync();
    }

    private static Task<Lane> OnLoopbackAsync(
        Neighbours neighbours, Func<HostileApp, string> target, Func<HostileApp, Task<KubeletVerdict>> askKubelet, string scheme = "http") =>
        StartAsync(neighbours, host: IPAddress.Loopback, listen: IPAddress.Loopback, target, askKubelet, scheme);

    private static async Task<Lane> StartAsync(
        Neighbours neighbours,
        IPAddress host,
        IPAddress listen,
        Func<HostileApp, string> target,
        Func<HostileApp, Task<KubeletVerdict>> askKubelet,
        string scheme = "http")
    {
        var app = Beginning(listen, scheme);
        var agent = await AskedAgent.StartAsync(target(app), Literal(host));
        return await WarmAsync(new Lane(app, agent, host, neighbours, () => askKubelet(app), agent.AskAsync));
    }

    private static HostileApp Beginning(IPAddress listen, string scheme) =>
        HostileApp.Start(listen, _ => Answer.Whole("HTTP/1.1 200 OK"), scheme == "https" ? TlsFaces.Http1() : null);

    // A first question pays for what is loaded then, on both sides: TLS above all. It is no case.
    private static async Task<Lane> WarmAsync(Lane lane)
    {
        await lane.askAgent();
        return lane;
    }

    private async Task<(Comparison Comparison, TimeSpan Lateness)> CompareAsync(string id)
    {
        app.TakeReceived();
        var kubelet = await askKubelet();
        var byKubelet = app.TakeReceived();
        var verdict = await askAgent();
        // What it asks beside the probe is none of this case, nor of the next.
        await agent.WhenItHasLookedAsync();
        var byAgent = app.TakeReceived();
        return (
            new Comparison(id, kubelet, verdict, Normal(byKubelet), Normal(byAgent)),
            byKubelet.Concat(byAgent).Max(request => (TimeSpan?)request.Lateness) ?? TimeSpan.Zero);
    }

    // As it stands in a URL.
    private static string Literal(IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    private List<string> Normal(IReadOnlyList<ReceivedRequest> requests) =>
        [.. requests.Where(request => !request.IsOfASecondLook).Select(request => string.Join('\n', [request.RequestLine, .. request.HeaderLines.Order(StringComparer.Ordinal)])
            .Replace($"{addresses.Host}:{app.PortText}", "{host}:{port}", StringComparison.Ordinal))];
}
