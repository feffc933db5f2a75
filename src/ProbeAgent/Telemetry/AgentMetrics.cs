using Prometheus;

namespace ProbeAgent.Telemetry;

/// <summary>The agent's metrics, in a registry of its own. Labels are configured names and closed lists only.</summary>
internal sealed class AgentMetrics
{
    /// <summary>The one reason that is the agent's fault, not the app's.</summary>
    public const string LateReason = "agent_late";

    private static readonly string[] Results = ["success", "warning", "failure"];
    private static readonly string[] ProbeNames = ["liveness", "readiness", "startup"];
    private static readonly string[] Codes = ["200", "4xx", "502", "503", "504", "5xx"];
    private static readonly string[] RelayCodes = [.. Codes, "3xx"];
    private static readonly string[] Rejections = ["limit", "source_limit", "evicted"];

    private readonly CheckFamilies checks;
    private readonly Counter probes;
    private readonly Counter relays;
    private readonly Gauge lastProbe;
    private readonly Counter rejected;

    /// <summary>Registers all families, with every series that exists from the start.</summary>
    public AgentMetrics(AgentVersion version)
    {
        var registry = Metrics.NewCustomRegistry();
        var factory = Metrics.WithCustomRegistry(registry);
        Page = new MetricsPage(registry);
        checks = new CheckFamilies(factory);
        factory.CreateGauge("probe_agent_build_info", "The running version.", "version", "revision")
            .WithLabels(version.Version, version.Revision).Set(1);
        probes = factory.CreateCounter("probe_agent_probes_total", "Answers to probes, by status code.", "probe", "code");
        relays = factory.CreateCounter(
            "probe_agent_relay_requests_total",
            "Answers to requests for a relayed page, by status code; a page that broke off counts as 502 or 504.",
            "relay",
            "code");
        lastProbe = factory.CreateGauge(
            "probe_agent_last_probe_timestamp_seconds", "When the kubelet last asked.", "probe");
        UnknownRequests = factory.CreateCounter(
            "probe_agent_unknown_requests_total", "Requests for a path, check or container that does not exist.");
        Connections = factory.CreateGauge("probe_agent_connections", "Open connections to the public port.");
        rejected = factory.CreateCounter(
            "probe_agent_connections_rejected_total", "Connections closed because a limit was reached.", "reason");
        Late = factory.CreateCounter(
            "probe_agent_late_total", "Questions without an answer because the agent got no CPU; they say nothing of the app.");
        Mesh = new MeshMetrics(factory);
        CaptureSuspected = factory.CreateGauge(
            "probe_agent_capture_suspected", "Whether the sidecar seems to have the probes (1) or not (0): the port is captured, or the mesh rewrites them.");
        ProcessMetrics.Register(registry);
        foreach (var probe in ProbeNames)
        {
            Array.ForEach(Codes, code => probes.WithLabels(probe, code));
        }

        Array.ForEach(Rejections, reason => rejected.WithLabels(reason));
    }

    /// <summary>What is exported.</summary>
    public MetricsPage Page { get; }

    /// <summary>Requests for what does not exist.</summary>
    public Counter UnknownRequests { get; }

    /// <summary>Open connections to the public port.</summary>
    public Gauge Connections { get; }

    /// <summary>Questions that ended without an answer because the agent was starved.</summary>
    public Counter Late { get; }

    /// <summary>The series of the sidecar.</summary>
    public MeshMetrics Mesh { get; }

    /// <summary>1 while the sidecar seems to have the probes.</summary>
    public Gauge CaptureSuspected { get; }

    /// <summary>The series of a check, those of the closed lists from the start.</summary>
    public CheckMetrics ForCheck(string check, TimeSpan timeout, IEnumerable<string> reasons)
    {
        checks.Timeout.WithLabels(check).Set(timeout.TotalSeconds);
        checks.Transitions.WithLabels(check, "up");
        checks.Transitions.WithLabels(check, "down");
        checks.Duration.WithLabels(check);
        checks.Shared.WithLabels(check);
        Array.ForEach(Results, result => checks.Attempts.WithLabels(check, result));
        foreach (var reason in reasons)
        {
            checks.Failures.WithLabels(check, reason);
        }

        return new CheckMetrics(checks, this, check);
    }

    /// <summary>The series of a relay.</summary>
    public RelayMetrics ForRelay(string relay)
    {
        Array.ForEach(RelayCodes, code => relays.WithLabels(relay, code));
        return new RelayMetrics(relays, relay);
    }

    /// <summary>A probe was answered.</summary>
    /// <param name="probe"><c>liveness</c>, <c>readiness</c> or <c>startup</c>.</param>
    /// <param name="code">The status code of the answer.</param>
    public void ProbeAnswered(string probe, int code) => probes.WithLabels(probe, CodeClass(code)).Inc();

    /// <summary>The kubelet has asked.</summary>
    public void KubeletAsked(string probe, DateTimeOffset at) =>
        lastProbe.WithLabels(probe).Set(at.ToUnixTimeMilliseconds() / 1000.0);

    /// <summary>A connection was closed because of <c>limit</c>, <c>source_limit</c> or <c>evicted</c>.</summary>
    public void ConnectionRejected(string reason) => rejected.WithLabels(reason).Inc();

    /// <summary>The label of a status code; any success counts as 200.</summary>
    public static string CodeClass(int code) => code switch
    {
        >= 200 and < 300 => "200",
        >= 300 and < 400 => "3xx",
        502 => "502",
        503 => "503",
        504 => "504",
        >= 400 and < 500 => "4xx",
        _ => "5xx",
    };
}
