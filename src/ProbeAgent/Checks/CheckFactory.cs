using ProbeAgent.Configuration;
using ProbeAgent.Probing;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Checks;

/// <summary>Makes the configured checks.</summary>
internal sealed class CheckFactory(AgentMetrics metrics, TimeProvider timeProvider, ILogger<CheckRecord> logger)
{
    // The agent's own trouble is counted elsewhere: an attempt cannot fail by it.
    private static readonly Reason[] NotOfAttempts = [Reason.Draining, Reason.MeshNotReady, Reason.AgentLate];

    private static readonly string[] AttemptReasons =
        [.. Enum.GetValues<Reason>().Except(NotOfAttempts).Select(ReasonWord.Of)];

    private readonly PodAddress podAddress = new();

    /// <summary>All checks, in configured order, which ask until <paramref name="agentStopping"/>.</summary>
    public IReadOnlyList<Check> Create(AgentConfiguration configuration, CancellationToken agentStopping) =>
        [.. configuration.Checks.Select(check => Create(check, configuration.OwnPorts, agentStopping))];

    private Check Create(CheckConfiguration check, IReadOnlyCollection<int> agentPorts, CancellationToken agentStopping)
    {
        var action = check.Action;
        var host = Targets.HostOf(action);
        var connector = new PodConnector(host);
        IProber prober = action switch
        {
            HttpGetAction http => new HttpProber(Targets.Of(http, agentPorts, check.RelaysBody), connector, timeProvider),
            GrpcAction grpc => new GrpcProber(Targets.Of(grpc), connector, timeProvider),
            TcpSocketAction tcp => new TcpProber(host, tcp.Port, connector, timeProvider),
            _ => throw new InvalidOperationException($"no prober for {action.GetType().Name}"),
        };
        var checkMetrics = metrics.ForCheck(check.Name, check.Timeout, AttemptReasons);
        var record = new CheckRecord(check.Name, checkMetrics, timeProvider, logger);
        return new Check(check, prober, podAddress, record, timeProvider, agentStopping);
    }
}
