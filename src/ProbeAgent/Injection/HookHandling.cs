namespace ProbeAgent.Injection;

/// <summary>What becomes of lifecycle hooks of kind <c>httpGet</c>.</summary>
internal enum HookHandling
{
    /// <summary>An error that names them.</summary>
    Refuse,

    /// <summary>They are moved to the agent.</summary>
    Relay,
}
