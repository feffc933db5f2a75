using ProbeAgent.Admission;
using ProbeAgent.Injection;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Hosting;

/// <summary>The running webhook: puts all parts together, starts them, and ends them.</summary>
internal sealed partial class WebhookHost : IDisposable
{
    // As long as it takes until every node has heard that the pod is no end of the Service any more.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    // As long as an API server waits, by what we ship.
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(2);

    private readonly WebhookConfiguration configuration;
    private readonly TimeProvider timeProvider;
    private readonly ILoggerFactory loggers;
    private readonly ILogger<WebhookHost> logger;
    private readonly ServingCertificate certificate;
    private readonly ReviewBodies bodies;
    private readonly PlainServer server;
    private readonly PlainServer ownServer;
    private readonly CancellationTokenSource stopping = new();
    private volatile bool isEnding;
    private Task following = Task.CompletedTask;

    /// <summary>Makes one; it does nothing yet.</summary>
    public WebhookHost(WebhookConfiguration configuration, TimeProvider timeProvider)
    {
        this.configuration = configuration;
        this.timeProvider = timeProvider;
        loggers = LoggingSetup.Create(configuration.LogLevel, configuration.LogFormat, timeProvider);
        logger = loggers.CreateLogger<WebhookHost>();
        certificate = new ServingCertificate(
            configuration.CertificateFile, configuration.KeyFile, timeProvider, loggers.CreateLogger<ServingCertificate>());
        bodies = new ReviewBodies(timeProvider);
        var metrics = new WebhookMetrics(AgentVersion.Current, AdmissionReason.All);
        var injector = new Injector(configuration.Injection);
        var reviewer = new Reviewer(pod => injector.Inject(pod, []), metrics, loggers.CreateLogger<Reviewer>());
        var endpoints = new WebhookEndpoints(reviewer, bodies, loggers.CreateLogger<WebhookEndpoints>());
        var tls = new TlsConnections(certificate, timeProvider, loggers.CreateLogger<TlsConnections>());
        server = new PlainServer(kestrel => WebhookPorts.ConfigureTls(kestrel, configuration.Listen, tls), endpoints.HandleAsync, loggers);
        ownServer = new PlainServer(
            kestrel => WebhookPorts.ConfigurePlain(kestrel, configuration.MetricsListen),
            new WebhookOwnEndpoints(metrics.Page, WhatIsMissing).HandleAsync,
            loggers);
    }

    /// <summary>Loads the certificate and starts to listen; returns null, or the sentence that says why it cannot.</summary>
    public async Task<string?> TryStartAsync()
    {
        if (certificate.TryLoad() is { } mistake)
        {
            return mistake;
        }

        WorkerThreads.MakeAll();
        try
        {
            await server.StartAsync();
            await ownServer.StartAsync();
        }
        catch (Exception exception) when (StartProblem.Describe(exception, Ports) is not null)
        {
            return StartProblem.Describe(exception, Ports);
        }

        Log.Listening(
            logger, AgentVersion.Current.Version, configuration.Listen.ToString(), configuration.MetricsListen.ToString(),
            configuration.Injection.Image, certificate.Current.NotAfter);
        following = certificate.FollowAsync(stopping.Token);
        return null;
    }

    /// <summary>
    /// Serves until a signal ends it, and then for a few seconds more: an API server that is refused meanwhile makes its pod without us.
    /// </summary>
    public async Task RunAsync(EndingSignals signals)
    {
        await signals.Asked;
        isEnding = true;
        Log.Ending(logger, Farewell.TotalSeconds);
        try
        {
            await Task.Delay(Farewell, timeProvider, signals.Demanded);
        }
        catch (OperationCanceledException)
        {
            // Another signal.
        }

        using var patience = new CancellationTokenSource(LastAnswers, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, signals.Demanded);
        await server.StopAsync(either.Token);
        await ownServer.StopAsync(either.Token);
        await stopping.CancelAsync();
        await following;
        Log.Ended(logger);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        server.Dispose();
        ownServer.Dispose();
        bodies.Dispose();
        stopping.Dispose();
        loggers.Dispose();
    }

    private IReadOnlyList<ListeningPort> Ports =>
        [new("--listen", configuration.Listen), new("--metrics-listen", configuration.MetricsListen)];

    private string? WhatIsMissing() => isEnding ? "ending" : certificate.IsValid ? null : "certificate expired";

    private static partial class Log
    {
        [LoggerMessage(5026, LogLevel.Information,
            "probe-agent {Version} is listening on {Listen} for admission reviews, on {MetricsListen} for probes and metrics; pods get {Image}; the certificate is valid until {NotAfter:u}")]
        public static partial void Listening(ILogger logger, string version, string listen, string metricsListen, string image, DateTimeOffset notAfter);

        [LoggerMessage(5027, LogLevel.Information, "SIGTERM: not ready any more; reviews are answered for {Seconds} s, until API servers know it, or until another signal")]
        public static partial void Ending(ILogger logger, double seconds);

        [LoggerMessage(5028, LogLevel.Information, "The webhook has ended")]
        public static partial void Ended(ILogger logger);
    }
}
