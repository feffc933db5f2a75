namespace ProbeAgent.ManifestTests;

/// <summary>A lifecycle hook of the agent's document.</summary>
public sealed class AgentHook
{
    /// <summary>Whose it is.</summary>
    public string Container { get; init; } = "";

    /// <summary>Which.</summary>
    public string Hook { get; init; } = "";

    /// <summary>What the caller must know.</summary>
    public string Key { get; init; } = "";
}
