using ProbeAgent.Lab;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.PageTests;

/// <summary>An app, the agent beside it, and a kubelet that probes whenever the test says.</summary>
internal sealed class PagePod : IAsyncDisposable
{
    private static readonly HttpClient Kubelet = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    private PagePod(HostileApp app, AgentProcess agent)
    {
        App = app;
        Agent = agent;
    }

    public HostileApp App { get; }

    public AgentProcess Agent { get; }

    /// <summary>
    /// Starts both: one check <c>web</c> of the path, and <c>idle</c>, which nobody asks. An app that answers at once is well within ten
    /// seconds, also where the machine is busy.
    /// </summary>
    public static async Task<PagePod> StartAsync(string path = "/status", int timeoutSeconds = 10)
    {
        var app = HostileApp.Start(_ => Answer.Whole("HTTP/1.1 200 OK"));
        try
        {
            var document = $$"""
                checks:
                  - { name: web, httpGet: { port: {{app.Port}}, path: '{{path}}' }, timeoutSeconds: {{timeoutSeconds}}, maxAgeSeconds: 0 }
                  - { name: idle, probes: [startup], tcpSocket: { port: {{app.Port}} } }
                """;
            return new PagePod(app, await AgentProcess.StartAsync(("PROBEAGENT_CONFIG_YAML", document)));
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Probes the check <c>web</c> so often, while the app answers so.</summary>
    public async Task ProbeAsync(Answer answer, int times = 1)
    {
        App.AnswerWith(_ => answer);
        for (var probe = 0; probe < times; probe++)
        {
            using var _ = await Kubelet.GetAsync(Agent.Url("/livez/web"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        await App.DisposeAsync();
    }
}
