using Prometheus;

namespace ProbeAgent.Telemetry;

/// <summary>The metrics of the webhook, in a registry of its own. Labels are closed lists only.</summary>
internal sealed class WebhookMetrics
{
    private readonly Counter decisions;

    /// <summary>Registers all families, with every series that can be.</summary>
    /// <param name="version">The running build.</param>
    /// <param name="all">All pairs of a decision and its reason.</param>
    public WebhookMetrics(AgentVersion version, IEnumerable<(string Decision, string Reason)> all)
    {
        var registry = Metrics.NewCustomRegistry();
        var factory = Metrics.WithCustomRegistry(registry);
        Page = new MetricsPage(registry);
        factory.CreateGauge("probe_agent_build_info", "The running version.", "version", "revision")
            .WithLabels(version.Version, version.Revision).Set(1);
        decisions = factory.CreateCounter(
            "probe_agent_webhook_decisions_total", "Answers to admission reviews, by what was decided and why.", "decision", "reason");
        foreach (var (decision, reason) in all)
        {
            decisions.WithLabels(decision, reason);
        }

        ProcessMetrics.Register(registry);
    }

    /// <summary>What is exported.</summary>
    public MetricsPage Page { get; }

    /// <summary>A review was answered.</summary>
    public void Decided(string decision, string reason) => decisions.WithLabels(decision, reason).Inc();
}
