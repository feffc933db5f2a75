using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ProbeAgent.PodTests.Monitoring;

/// <summary>
/// An agent for each thing that can be wrong, and a Prometheus that knows each as if it had a pod of its own. In truth all are in one, at
/// ports of their own. What is wrong stays so until the end; time that passes is the treatment.
/// </summary>
internal sealed class TroubledFleet : IAsyncDisposable
{
    /// <summary>The agent that has several checks, each with its own trouble.</summary>
    public const string Troubled = "troubled";

    /// <summary>The agent whose app is well.</summary>
    public const string Well = "well";

    private const int WellPort = 16081;
    private const int TroubledPort = 16082;
    private const int StarvedPort = 16083;
    private const int CapturedPort = 16084;
    private const int SilentPort = 16085;
    private const int GonePort = 16086;

    private const int WellApp = 8080;
    private const int DyingApp = 8081;
    private const int FlappingApp = 8082;
    private const int SlowApp = 8083;
    private const int HungApp = 8084;
    private const int Nobody = 8099;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private static readonly string TroubledDocument = $$"""
        listen: ":{{TroubledPort}}"
        admin: "off"
        checks:
        - {name: down, httpGet: {port: {{DyingApp}}, path: /status} }
        - {name: never, httpGet: {port: {{Nobody}}, path: /status} }
        - {name: flapping, httpGet: {port: {{FlappingApp}}, path: /status} }
        - {name: slow, timeoutSeconds: 2, httpGet: {port: {{SlowApp}}, path: /status} }
        relays:
        - {name: app, target: ":{{WellApp}}/metrics"}
        - {name: gone, target: ":{{Nobody}}/metrics"}
        mesh: {kind: custom, readyUrl: ":{{Nobody}}/ready"}
        """;

    private readonly CancellationTokenSource ending = new();
    private readonly Stack<IAsyncDisposable> parts = new();
    private readonly List<Task> tasks = [];
    private readonly PodLab lab;
    private readonly Pod pod;

    private TroubledFleet(PodLab lab, Pod pod)
    {
        this.lab = lab;
        this.pod = pod;
        parts.Push(pod);
    }

    /// <summary>Who watches.</summary>
    public Prometheus Prometheus { get; private set; } = null!;

    /// <summary>Starts it all with the rules, and returns when all that is to be wrong has begun to be so.</summary>
    public static async Task<TroubledFleet> StartAsync(PodLab lab, string rules)
    {
        int[] excluded = [WellPort, TroubledPort, StarvedPort, SilentPort, GonePort, FleetWebhook.MetricsPort, FleetWebhook.DyingMetricsPort];
        var fleet = new TroubledFleet(lab, await lab.StartPodAsync(MeshMode.Permissive, excluded));
        try
        {
            await fleet.BeginAsync(rules);
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        try
        {
            await Task.WhenAll(tasks);
        }
        finally
        {
            while (parts.TryPop(out var part))
            {
                await part.DisposeAsync();
            }

            ending.Dispose();
        }
    }

    private async Task BeginAsync(string rules)
    {
        Keep(new StandIns(pod.Network, "istio"));
        var dying = Keep(await pod.StartAppOnAsync(DyingApp));
        var flapping = Keep(await pod.StartAppOnAsync(FlappingApp));
        var slow = Keep(await pod.StartAppOnAsync(SlowApp));
        var hung = Keep(await pod.StartAppOnAsync(HungApp));
        Keep(await pod.StartAppOnAsync(WellApp));
        await ServiceGo.ObeyAsync(slow, "delay 1500ms");
        await ServiceGo.ObeyAsync(hung, "delay 30s");
        Keep(await StartAgentAsync(WellPort, WellApp, ("PROBEAGENT_METRICS_TARGET", $":{WellApp}/metrics")));
        Keep(await pod.StartAgentWithDocumentAsync(TroubledDocument));
        var starved = Keep(await StartAgentAsync(StarvedPort, HungApp));
        Keep(await StartAgentAsync(CapturedPort, WellApp));
        Keep(await StartAgentAsync(SilentPort, WellApp));
        var gone = Keep(await StartAgentAsync(GonePort, WellApp));
        var webhooks = Keep(await FleetWebhook.StartAsync(lab, pod));
        var failOpen = 0;
        Keep(new StandIn(pod.Node, FleetScrapes.ApiServerPort, _ => StandIn.Answer("200 OK", FleetScrapes.ApiServerPage(++failOpen), "Connection: close\r\n")));
        Prometheus = Keep(await Prometheus.StartAsync(pod.Node, lab.FolderForAll("fleet"), Scrapes, rules));

        await ProbeAsync(TroubledPort, "/livez/down");
        for (var probe = 0; probe < 5; probe++)
        {
            await ProbeAsync(SilentPort, "/livez");
            await PauseAsync(Pause);
        }

        await Prometheus.WhenFoundAsync("up{pod=\"gone\"} == 1", PodProcess.Patience);
        await Prometheus.WhenFoundAsync("probe_agent_check_last_success_timestamp_seconds{check=\"down\"}", PodProcess.Patience);
        await Prometheus.WhenFoundAsync("probe_agent_webhook_decisions_total{pod=\"webhook-dying\"}", PodProcess.Patience);
        await dying.KillAsync();
        await gone.KillAsync();
        await webhooks.KillOneAsync();
        string[] paths = ["/livez/down", "/livez/never", "/livez/flapping", "/livez/misspelt", "/livez/slow", "/readyz/slow"];
        tasks.AddRange(paths.Select(path => AgainAndAgainAsync(() => ProbeAsync(TroubledPort, path))));
        tasks.Add(AgainAndAgainAsync(() => ProbeAsync(WellPort, "/livez")));
        tasks.Add(AgainAndAgainAsync(() => ProbeAsync(WellPort, "/readyz")));
        tasks.Add(AgainAndAgainAsync(() => ProbeAsync(CapturedPort, "/livez")));
        tasks.Add(AgainAndAgainAsync(() => FlapAsync(flapping)));
        tasks.Add(AgainAndAgainAsync(() => StarveAsync(starved)));
        tasks.Add(AgainAndAgainAsync(FloodAsync));
        tasks.Add(AgainAndAgainAsync(webhooks.ReviewAsync));
    }

    private static string Scrapes => string.Join(
        '\n',
        FleetScrapes.Agent(Well, WellPort), FleetScrapes.Agent(Troubled, TroubledPort), FleetScrapes.Agent("starved", StarvedPort),
        FleetScrapes.Agent("captured", CapturedPort), FleetScrapes.Agent("silent", SilentPort), FleetScrapes.Agent("gone", GonePort),
        FleetScrapes.Relay("app", TroubledPort), FleetScrapes.Relay("gone", TroubledPort),
        FleetScrapes.Webhook("webhook", FleetWebhook.MetricsPort), FleetScrapes.Webhook("webhook-dying", FleetWebhook.DyingMetricsPort),
        FleetScrapes.ApiServer);

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        parts.Push(part);
        return part;
    }

    private Task<PodProcess> StartAgentAsync(int port, int appPort, params (string Name, string Value)[] more) => pod.StartAgentAsync(
        string.Create(CultureInfo.InvariantCulture, $":{appPort}/status"),
        [("PROBEAGENT_LISTEN", string.Create(CultureInfo.InvariantCulture, $":{port}")), ("PROBEAGENT_ADMIN", "off"), .. more]);

    private async Task AgainAndAgainAsync(Func<Task> step)
    {
        try
        {
            while (true)
            {
                await step();
                await PauseAsync(Pause);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The end of the test.
        }
    }

    private Task PauseAsync(TimeSpan duration) => Task.Delay(duration, ending.Token);

    private Task<ProbeResult> ProbeAsync(int port, string path) => pod.Kubelet.HttpGetAsync(Pod.Address, port, path, TimeSpan.FromSeconds(2));

    private async Task FlapAsync(PodProcess app)
    {
        await app.WriteLineAsync("status 500");
        await PauseAsync(Pause * 2);
        await app.WriteLineAsync("status 200");
        await PauseAsync(Pause);
    }

    // Its app does not answer, and it stands still when its budget of 900 ms ends.
    private async Task StarveAsync(PodProcess agent)
    {
        var answer = ProbeAsync(StarvedPort, "/livez");
        await PauseAsync(TimeSpan.FromSeconds(0.6));
        await agent.FreezeAsync();
        try
        {
            await PauseAsync(TimeSpan.FromSeconds(0.6));
        }
        finally
        {
            agent.Thaw();
        }

        await answer;
    }

    // More connections from one address than may wait, none of which says anything.
    private async Task FloodAsync()
    {
        var sockets = Enumerable.Range(0, 50).Select(_ => pod.Node.OpenSocket(AddressFamily.InterNetwork)).ToList();
        try
        {
            var target = new IPEndPoint(IPAddress.Parse(Pod.Address), SilentPort);
            await Task.WhenAll(sockets.Select(socket => socket.ConnectAsync(target, ending.Token).AsTask()));
            await PauseAsync(Pause);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }
}
