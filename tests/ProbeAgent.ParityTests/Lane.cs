using System.Net;
using System.Net.Sockets;
using ProbeAgent.Lab.Hostile;
using ProbeAgent.ParityTests.Cases;

namespace ProbeAgent.ParityTests;

/// <summary>
/// One hostile app and one agent that asks it. The kubelet and the agent are asked one after the other about the same case
/// on the same port; lanes stand side by side.
/// </summary>
internal sealed class Lane : IAsyncDisposable
{
    private readonly HostileApp app;
    private readonly AskedAgent agent;
    private readonly Func<Task<KubeletVerdict>> askKubelet;
    private readonly Addresses addresses;

    private Lane(HostileApp app, AskedAgent agent, IPAddress host, Neighbours neighbours, Func<Task<KubeletVerdict>> askKubelet)
    {
        this.app = app;
        this.agent = agent;
        this.askKubelet = askKubelet;
        addresses = new Addresses(Literal(host), app.Port, neighbours.Plain.Port, neighbours.Tls.Port, agent.Port);
    }

    /// <summary>An HTTP check of the app at 127.0.0.1, by that address.</summary>
    public static Task<Lane> HttpAsync(KubeletProber prober, Neighbours neighbours) =>
        StartAsync(
            neighbours,
            host: IPAddress.Loopback,
            listen: IPAddress.Loopback,
            target: app => $"http://127.0.0.1:{app.PortText}{RedirectCases.Start}",
            askKubelet: app => prober.HttpGetAsync("127.0.0.1", app.Port, RedirectCases.Start));

    /// <summary>A TCP check of the app at 127.0.0.1, by that address.</summary>
    public static Task<Lane> TcpAsync(KubeletProber prober, Neighbours neighbours) =>
        StartAsync(
            neighbours,
            host: IPAddress.Loopback,
            listen: IPAddress.Loopback,
            target: app => $"tcp://127.0.0.1:{app.PortText}",
            askKubelet: app => prober.TcpSocketAsync("127.0.0.1", app.Port));

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
        app.AnswerWith(request => one.Answer(request, addresses));
        if (one.Port is not PortState.Open)
        {
            await app.StopListeningAsync();
        }

        try
        {
            using var backlog = one.Port is PortState.Full ? new FullBacklog(app.Port) : null;
            return await CompareAsync(one.Id);
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

    private static async Task<Lane> StartAsync(
        Neighbours neighbours,
        IPAddress host,
        IPAddress listen,
        Func<HostileApp, string> target,
        Func<HostileApp, Task<KubeletVerdict>> askKubelet)
    {
        var app = HostileApp.Start(listen, _ => Answer.Nothing);
        var agent = await AskedAgent.StartAsync(target(app), Literal(host));
        return new Lane(app, agent, host, neighbours, () => askKubelet(app));
    }

    private async Task<Comparison> CompareAsync(string id)
    {
        app.TakeReceived();
        var kubelet = await askKubelet();
        var kubeletSent = Normal(app.TakeReceived());
        var verdict = await agent.AskAsync();
        var agentSent = Normal(app.TakeReceived());
        return new Comparison(id, kubelet, verdict, kubeletSent, agentSent);
    }

    // As it stands in a URL.
    private static string Literal(IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    private List<string> Normal(IReadOnlyList<ReceivedRequest> requests) =>
        [.. requests.Select(request => string.Join('\n', [request.RequestLine, .. request.HeaderLines.Order(StringComparer.Ordinal)])
            .Replace($"{addresses.Host}:{app.PortText}", "{host}:{port}", StringComparison.Ordinal))];
}
