using Prometheus;

namespace ProbeAgent.Telemetry;

/// <summary>The metric families that have a series for each check.</summary>
internal sealed class CheckFamilies(MetricFactory factory)
{
    public Gauge Up { get; } = factory.CreateGauge(
        "probe_agent_check_up", "Whether the check's latest answer was a success (1) or not (0).", "check");

    public Gauge Timeout { get; } = factory.CreateGauge(
        "probe_agent_check_timeout_seconds", "The timeoutSeconds that the probe must have.", "check");

    public Counter Transitions { get; } = factory.CreateCounter(
        "probe_agent_check_transitions_total", "Changes of the check from down to up and from up to down.", "check", "to");

    public Gauge LastSuccess { get; } = factory.CreateGauge(
        "probe_agent_check_last_success_timestamp_seconds", "When the check last succeeded.", "check");

    public Counter Attempts { get; } = factory.CreateCounter(
        "probe_agent_attempts_total", "Questions to the app, by result.", "check", "result");

    public Counter Failures { get; } = factory.CreateCounter(
        "probe_agent_attempt_failures_total", "Failed questions to the app, by reason.", "check", "reason");

    public Histogram Duration { get; } = factory.CreateHistogram(
        "probe_agent_attempt_duration_seconds",
        "How long questions to the app took, failures included.",
        ["check"],
        new HistogramConfiguration { Buckets = [.001, .005, .025, .1, .25, .5, 1, 5] });

    public Gauge Phase { get; } = factory.CreateGauge(
        "probe_agent_attempt_phase_seconds", "How long each phase of the latest question took.", "check", "phase");

    public Counter Shared { get; } = factory.CreateCounter(
        "probe_agent_shared_answers_total", "Probes answered without a question of their own.", "check");
}
