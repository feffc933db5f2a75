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

    /// <summary>All checks, in configured order.</summary>
    /// <param name="configuration">What is asked.</param>
    /// <param name="agentStopping">Ends every question.</param>
    /// <param name="endOfLooks">Ends every second look; cancelled already where none is wanted.</param>
    public IReadOnlyList<Check> Create(
        AgentConfiguration configuration, CancellationToken agentStopping, CancellationToken endOfLooks) =>
        [.. configuration.Checks.Select(check => Create(check, configuration.OwnPorts, agentStopping, endOfLooks))];

    private Check Create(
        CheckConfiguration check, IReadOnlyCollection<int> agentPorts, CancellationToken agentStopping, CancellationToken endOfLooks)
    {
        IProber ProberOf(CheckAction action) => Prober(action, agentPorts, check.RelaysBody);
        var look = new SecondLook(check.Action, Budget.Within(check.Timeout), agentPorts, ProberOf, podAddress, timeProvider);
        var checkMetrics = metrics.ForCheck(check.Name, check.Timeout, AttemptReasons);
        var record = new CheckRecord(check.Name, checkMetrics, timeProvider, logger);
        record.Diagnosis = new Diagnosis(look, record.Bug, timeProvider, endOfLooks);
        return new Check(check, ProberOf(check.Action), podAddress, record, timeProvider, agentStopping);
    }

    private IProber Prober(CheckAction action, IReadOnlyCollection<int> agentPorts, bool keepsBody)
    {
        var host = Targets.HostOf(action);
        var connector = new PodConnector(host);
        return action switch
        {
            HttpGetAction http => new HttpProber(Targets.Of(http, agentPorts, keepsBody), connector, timeProvider),
            GrpcAction grpc => new GrpcProber(Targets.Of(grpc), connector, timeProvider),
            TcpSocketAction tcp => new TcpProber(host, tcp.Port, connector, timeProvider),
            _ => throw new InvalidOperationException($"no prober for {action.GetType().Name}"),
        };
    }
}
