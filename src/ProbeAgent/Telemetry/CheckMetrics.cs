namespace ProbeAgent.Telemetry;

/// <summary>The series of one check.</summary>
internal sealed class CheckMetrics(CheckFamilies families, AgentMetrics agent, string check)
{
    /// <summary>An attempt has ended. The agent's own lateness counts for the agent alone.</summary>
    public void Attempt(AttemptSample sample)
    {
        if (sample.Reason == AgentMetrics.LateReason)
        {
            agent.Late.Inc();
            return;
        }

        families.Attempts.WithLabels(check, sample.Result).Inc();
        families.Duration.WithLabels(check).Observe(sample.Duration.TotalSeconds);
        families.Up.WithLabels(check).Set(sample.Reason is null ? 1 : 0);
        foreach (var (phase, duration) in sample.Phases)
        {
            families.Phase.WithLabels(check, phase).Set(duration.TotalSeconds);
        }

        if (sample.Reason is { } reason)
        {
            families.Failures.WithLabels(check, reason).Inc();
            return;
        }

        families.LastSuccess.WithLabels(check).Set(sample.At.ToUnixTimeMilliseconds() / 1000.0);
    }

    /// <summary>A probe was answered without a question of its own.</summary>
    public void SharedAnswer() => families.Shared.WithLabels(check).Inc();

    /// <summary>The check has changed from up to down, or back.</summary>
    public void Transition(bool isUp) => families.Transitions.WithLabels(check, isUp ? "up" : "down").Inc();
}
