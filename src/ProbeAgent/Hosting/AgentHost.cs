using ProbeAgent.Checks;
using ProbeAgent.Configuration;
using ProbeAgent.Mesh;
using ProbeAgent.Probing;
using ProbeAgent.Serving;
using ProbeAgent.Status;
using ProbeAgent.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace ProbeAgent.Hosting;

/// <summary>The running agent: puts all parts together, starts them, and ends them.</summary>
internal sealed partial class AgentHost : IDisposable
{
    // For answers that are on their way when the end comes: as long as the kubelet waits by default.
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(1);

    private readonly AgentConfiguration configuration;
    private readonly IReadOnlyDictionary<string, string> origins;
    private readonly TimeProvider timeProvider;
    private readonly ILoggerFactory loggers;
    private readonly ConnectionGuard guard;
    private readonly PlainServer server;
    private readonly ILogger<AgentHost> logger;
    private readonly IReadOnlyList<Check> checks;
    private readonly IReadOnlyDictionary<string, RelayEndpoint> relays;
    private readonly CaptureWatch capture;
    private readonly HooksUnderWay hooksUnderWay = new();
    private readonly PodAddress podAddress = new();
    private readonly DrainSwitch drainSwitch = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource looking = new();
    private readonly MeshWatch mesh;
    private Task watching = Task.CompletedTask;

    private readonly IReadOnlyList<string> warnings;

    /// <summary>Makes an agent of a configuration; it does nothing yet.</summary>
    /// <param name="configuration">What it is told.</param>
    /// <param name="origins">Where its values come from, by their path.</param>
    /// <param name="warnings">What the configuration gave to think about, for log and status.</param>
    /// <param name="timeProvider">The clock.</param>
    public AgentHost(
        AgentConfiguration configuration,
        IReadOnlyDictionary<string, string> origins,
        IReadOnlyList<string> warnings,
        TimeProvider timeProvider)
    {
        this.configuration = configuration;
        this.origins = origins;
        this.warnings = warnings;
        this.timeProvider = timeProvider;
        var metrics = new AgentMetrics(AgentVersion.Current);

        loggers = LoggingSetup.Create(configuration.LogLevel, configuration.LogFormat, timeProvider);
        logger = loggers.CreateLogger<AgentHost>();
        checks = new CheckFactory(metrics, timeProvider, loggers.CreateLogger<CheckRecord>()).Create(configuration, stopping.Token, looking.Token);
        var unknown = new UnknownNames(checks, metrics, timeProvider, loggers.CreateLogger<UnknownNames>());
        mesh = MeshWatch.Create(
            configuration, ReadyUrl(configuration), podAddress, metrics.Mesh, timeProvider, loggers.CreateLogger<MeshRecord>(), stopping.Token);
        capture = new CaptureWatch(
            configuration.Listen.Port, Targets.AppPortsOf(configuration, podAddress), () => mesh.Snapshot().Mesh, metrics, timeProvider,
            loggers.CreateLogger<CaptureWatch>());
        var probes = new ProbeEndpoint(
            checks, configuration.Detail, drainSwitch, mesh.WhatHoldsReadinessAsync, metrics, capture, unknown, timeProvider);
        relays = CreateRelays(metrics);
        var hooks = CreateHooks();
        var hookRecord = new HookRecord(hooks, metrics, timeProvider, loggers.CreateLogger<HookRecord>());
        var hookEndpoint = new HookEndpoint(hooks, hooksUnderWay, hookRecord, timeProvider);
        var forAll = new PublicEndpoints(probes, relays, hookEndpoint, metrics, capture, unknown, loggers.CreateLogger<PublicEndpoints>());
        var forAdmin = new AdminEndpoints(
            new StatusSource(checks, MeshNow, AgentVersion.Current.Version, warnings, timeProvider), EffectiveConfiguration.Write(configuration, origins));
        guard = new ConnectionGuard(metrics, timeProvider, loggers.CreateLogger<ConnectionGuard>());
        server = new PlainServer(
            kestrel => KestrelSetup.Configure(kestrel, configuration),
            context => context.Features.Get<AdminConnection>() is null ? forAll.HandleAsync(context) : forAdmin.HandleAsync(context),
            loggers,
            new PublicListenerFactory(configuration.Listen.Port, PlainServer.Sockets(loggers), guard, timeProvider, loggers));
    }

    /// <summary>Starts to listen; returns null, or the sentence that says why it cannot.</summary>
    public async Task<string?> TryStartAsync()
    {
        WorkerThreads.MakeAll();
        try
        {
            await server.StartAsync();
        }
        catch (Exception exception) when (StartProblem.Describe(exception, configuration, origins) is not null)
        {
            return StartProblem.Describe(exception, configuration, origins);
        }

        foreach (var warning in warnings)
        {
            Log.Warning(logger, warning);
        }

        Log.Listening(
            logger, AgentVersion.Current.Version, configuration.Listen.ToString(), configuration.Admin?.ToString() ?? "no port",
            StartLine.SourcesOf(origins), string.Join("; ", StartLine.PromisesOf(configuration)));
        watching = Task.WhenAll(mesh.RunAsync(stopping.Token), StartGarbage.CollectAsync(timeProvider, stopping.Token));
        return null;
    }

    /// <summary>Serves until a signal ends it; everything that is left then is what was on its way.</summary>
    public async Task RunAsync(EndingSignals signals)
    {
        var watch = capture.WatchAsync(looking.Token);
        await signals.Asked;
        if (configuration.DrainMax > TimeSpan.Zero)
        {
            drainSwitch.Throw();
        }

        await looking.CancelAsync();
        await watch;
        var appPorts = Targets.AppPortsOf(configuration, podAddress);
        await new Drain(appPorts, hooksUnderWay, configuration.DrainMax, timeProvider, loggers.CreateLogger<Drain>())
            .WaitAsync(signals.Demanded);
        await StopAsync(signals.Demanded);
    }

    /// <summary>
    /// Ends it: the ports close, what is on its way is answered truly or, where that takes longer than a second or the end is
    /// demanded, not at all. A made-up failure could be the one that restarts a healthy app.
    /// </summary>
    public async Task StopAsync(CancellationToken demanded)
    {
        using var patience = new CancellationTokenSource(LastAnswers, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, demanded);
        await server.StopAsync(either.Token);
        await stopping.CancelAsync();
        await looking.CancelAsync();
        await watching;
        Log.Ended(logger);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        server.Dispose();
        guard.Dispose();
        foreach (var relay in relays.Values)
        {
            relay.Dispose();
        }

        stopping.Dispose();
        looking.Dispose();
        loggers.Dispose();
    }

    private Dictionary<string, RelayEndpoint> CreateRelays(AgentMetrics metrics)
    {
        if (configuration.Relays.Count == 0)
        {
            return [];
        }

        // YARP's forwarder comes from services only.
        var forwarder = new ServiceCollection().AddLogging().AddSingleton(loggers).AddHttpForwarder()
            .BuildServiceProvider().GetRequiredService<IHttpForwarder>();
        var recordLogger = loggers.CreateLogger<RelayRecord>();
        return configuration.Relays.ToDictionary(relay => relay.Name, relay => new RelayEndpoint(
            relay, forwarder, podAddress, new RelayRecord(relay.Name, metrics.ForRelay(relay.Name), recordLogger), timeProvider, stopping.Token));
    }

    private List<Hook> CreateHooks() =>
        [.. configuration.Hooks.Select(hook => new Hook(hook, configuration.OwnPorts, podAddress, timeProvider))];

    private MeshSnapshot MeshNow()
    {
        var now = mesh.Snapshot();
        return now with { Warnings = [.. now.Warnings, .. capture.Warnings] };
    }

    private static HttpTarget? ReadyUrl(AgentConfiguration configuration) =>
        configuration.Mesh.ReadyUrl is { } url ? Targets.Of(url, configuration.OwnPorts) : null;

    private static partial class Log
    {
        [LoggerMessage(5000, LogLevel.Information, "probe-agent {Version} is listening on {Listen}, status on {Admin}, configured by {Sources}; {Promises}")]
        public static partial void Listening(ILogger logger, string version, string listen, string admin, string sources, string promises);

        [LoggerMessage(5001, LogLevel.Warning, "{Warning}")]
        public static partial void Warning(ILogger logger, string warning);

        [LoggerMessage(5006, LogLevel.Information, "probe-agent has ended")]
        public static partial void Ended(ILogger logger);
    }
}
