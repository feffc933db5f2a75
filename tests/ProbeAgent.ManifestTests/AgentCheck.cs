namespace ProbeAgent.ManifestTests;

/// <summary>A check of the agent's document.</summary>
public sealed class AgentCheck
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The container it speaks for; null where that is its name.</summary>
    public string? Container { get; init; }

    /// <summary>The probes it serves.</summary>
    public IList<string> Probes { get; init; } = ["liveness", "readiness", "startup"];

    /// <summary>The probe's timeout; null where it is not said.</summary>
    public int? TimeoutSeconds { get; init; }
}
