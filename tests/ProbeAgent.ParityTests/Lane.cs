using System.Net;
using ProbeAgent.Lab;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests;

/// <summary>
/// One hostile app and one agent that asks it. The kubelet and the agent are asked one after the other about the same case
/// on the same port; lanes stand side by side.
/// </summary>
internal sealed class Lane : IAsyncDisposable
{
    private readonly KubeletProber prober;
    private readonly HostileApp app;
    private readonly AgentProcess agent;
    private readonly AgentCaller caller;
    private readonly IPAddress host;
    private readonly Addresses addresses;

    private Lane(KubeletProber prober, HostileApp app, AgentProcess agent, IPAddress host, Neighbours neighbours)
    {
        this.prober = prober;
        this.app = app;
        this.agent = agent;
        this.host = host;
        addresses = new Addresses(Literal(host), app.Port, neighbours.Plain.Port, neighbours.Tls.Port, agent.PublicPort);
        caller = new AgentCaller(new Uri($"http://{Literal(host)}:{agent.PublicPort}/livez"));
    }

    /// <summary>The app at 127.0.0.1, and an agent that is told so: <c>http://127.0.0.1:PORT/status</c>.</summary>
    public static Task<Lane> AtLoopbackAsync(KubeletProber prober, Neighbours neighbours) =>
        StartAsync(prober, neighbours, IPAddress.Loopback, IPAddress.Loopback, app => $"http://127.0.0.1:{app.PortText}{Path}");

    /// <summary>An agent with host <c>auto</c>, called like a pod by the machine's own address; the app listens where it is told.</summary>
    public static Task<Lane> AtPodAddressAsync(KubeletProber prober, Neighbours neighbours, IPAddress pod, IPAddress listen) =>
        StartAsync(prober, neighbours, pod, listen, app => $":{app.PortText}{Path}");

    /// <summary>What is asked for.</summary>
    private static string Path => Cases.RedirectCases.Start;

    /// <summary>Asks both.</summary>
    public async Task<Comparison> CompareAsync(ParityCase one)
    {
        app.AnswerWith(request => one.Answer(request, addresses));
        if (one.Port is not PortState.Open)
        {
            await app.StopListeningAsync();
        }

        using var backlog = one.Port is PortState.Full ? new FullBacklog(app.Port) : null;
        app.TakeReceived();
        var kubelet = await prober.HttpGetAsync(host.ToString(), app.Port, Path);
        var kubeletRequests = app.TakeReceived();
        var verdict = await caller.AskAsync();
        var agentRequests = app.TakeReceived();

        backlog?.Dispose();
        if (one.Port is not PortState.Open)
        {
            app.Listen();
        }

        return new Comparison(one.Id, kubelet, verdict, HeadsOf(kubeletRequests), HeadsOf(agentRequests));
    }

    public async ValueTask DisposeAsync()
    {
        caller.Dispose();
        await agent.DisposeAsync();
        await app.DisposeAsync();
    }

    private static async Task<Lane> StartAsync(
        KubeletProber prober, Neighbours neighbours, IPAddress host, IPAddress listen, Func<HostileApp, string> target)
    {
        var app = HostileApp.Start(listen, _ => Answer.Nothing);
        var agent = await AgentProcess.StartAsync(
            ("PROBEAGENT_TARGET", target(app)),
            ("PROBEAGENT_MAX_AGE_SECONDS", "0"),
            ("PROBEAGENT_TIMEOUT_SECONDS", "1"),
            ("PROBEAGENT_DETAIL", "full"));
        return new Lane(prober, app, agent, host, neighbours);
    }

    private static IReadOnlyList<string> HeadsOf(IReadOnlyList<ReceivedRequest> requests) =>
        [.. requests.Select(request => request.Head)];

    // As it stands in a URL.
    private static string Literal(IPAddress address) =>
        address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
