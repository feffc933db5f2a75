using Prometheus;

namespace ProbeAgent.Telemetry;

/// <summary>The series of one relay.</summary>
internal sealed class RelayMetrics(Counter requests, string relay)
{
    /// <summary>A request was answered with this status code.</summary>
    public void Answered(int code) => requests.WithLabels(relay, AgentMetrics.CodeClass(code)).Inc();
}
