using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>An app that is well, and the agent beside it, for the kubelet and a flood.</summary>
public sealed class BesiegedPod : IAsyncDisposable
{
    private const string ConnectionsGauge = "probe_agent_connections ";

    private readonly Siege siege;
    private readonly SiegeProcess app;
    private readonly long started = Stopwatch.GetTimestamp();

    private BesiegedPod(Siege siege, SiegeProcess app, AgentProcess agent)
    {
        this.siege = siege;
        this.app = app;
        Agent = agent;
    }

    /// <summary>The agent.</summary>
    public AgentProcess Agent { get; }

    /// <summary>How long the agent has been running, and could have asked.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(started);

    /// <summary>
    /// Starts both, the agent by a launcher where one is given, and lets the kubelet probe for a moment, so that nothing is used
    /// for the first time later.
    /// </summary>
    public static async Task<BesiegedPod> StartAsync(Siege siege, int appMilliseconds, IReadOnlyList<string>? launcher = null)
    {
        var app = siege.Start("app", "--delay", Milliseconds(appMilliseconds));
        AgentProcess? agent = null;
        try
        {
            var port = await app.ReadLineAsync();
            agent = AgentProcess.LaunchBy(
                launcher ?? [], [], ("PROBEAGENT_TARGET", $":{port}/status"), ("PROBEAGENT_METRICS_TARGET", $":{port}/page"));
            await agent.WaitForOutputAsync("listening on");
            var pod = new BesiegedPod(siege, app, agent);
            await pod.ProbeAsync(TimeSpan.FromMilliseconds(300));
            await pod.ConnectionsAsync();
            return pod;
        }
        catch
        {
            await (agent?.DisposeAsync() ?? ValueTask.CompletedTask);
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>The kubelet probes until it is told to end.</summary>
    public SiegeProcess Probe() => siege.Start("kubelet", "--to", Address);

    /// <summary>The kubelet probes for so long, without any flood.</summary>
    public async Task<KubeletTally> ProbeAsync(TimeSpan duration)
    {
        await using var kubelet = siege.Start("kubelet", "--to", Address, "--for", Milliseconds(duration.TotalMilliseconds));
        return await kubelet.ReadAsync<KubeletTally>();
    }

    /// <summary>
    /// A flood of 2,000 connections, where the options say nothing else, from this address, with the kubelet probing from
    /// 127.0.0.1 before, in and after it. It ends so long after every connection has been opened or turned away once.
    /// </summary>
    public async Task<FloodOutcome> FloodAsync(string kind, string from, TimeSpan hold, params string[] options)
    {
        await using var kubelet = Probe();
        await using var flood = siege.Start(
            ["flood", "--kind", kind, "--from", from, "--to", Address, "--hold", Milliseconds(hold.TotalMilliseconds), .. options]);
        Assert.Equal("tried", await flood.ReadLineAsync());
        var damage = flood.ReadAsync<FloodDamage>();
        var (connections, descriptors, lostScrapes) = (0.0, 0, 0);
        using var turns = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!damage.IsCompleted)
        {
            descriptors = Math.Max(descriptors, ProcessFigures.OpenDescriptors(Agent.Id));
            var scraped = await TryScrapeAsync();
            connections = Math.Max(connections, scraped ?? 0);
            lostScrapes += scraped is null ? 1 : 0;
            await turns.WaitForNextTickAsync();
        }

        return new FloodOutcome(await kubelet.EndAsync<KubeletTally>(), await damage, connections, descriptors, lostScrapes);
    }

    /// <summary>Reads its metrics so many times, one after the other.</summary>
    public async Task ScrapeAsync(int times)
    {
        for (var scrape = 0; scrape < times; scrape++)
        {
            await ConnectionsAsync();
        }
    }

    /// <summary>Ends the app, which the agent can ask no more then, and returns how often it was asked.</summary>
    public Task<AppQuestions> EndAppAsync() => app.EndAsync<AppQuestions>();

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        await app.DisposeAsync();
    }

    private string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Agent.PublicPort}");

    private static string Milliseconds(double number) => string.Create(CultureInfo.InvariantCulture, $"{number}ms");

    private async Task<double?> TryScrapeAsync()
    {
        try
        {
            return await ConnectionsAsync();
        }
        catch (Exception reset) when (reset is HttpRequestException or SocketException)
        {
            return null;
        }
    }

    private async Task<double> ConnectionsAsync()
    {
        using var client = new HttpClient { Timeout = AgentProcess.Patience };
        var page = await client.GetStringAsync(Agent.Url("/metrics"));
        var line = page.Split('\n').First(line => line.StartsWith(ConnectionsGauge, StringComparison.Ordinal));
        return double.Parse(line[ConnectionsGauge.Length..], CultureInfo.InvariantCulture);
    }
}
