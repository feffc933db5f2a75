namespace ProbeAgent.Injection;

/// <summary>What becomes of a manifest.</summary>
internal enum InjectionDecision
{
    /// <summary>The patch is to be applied.</summary>
    Injected,

    /// <summary>It stays as it is, and that is right.</summary>
    Unchanged,

    /// <summary>It stays as it is, and somebody has to do something.</summary>
    Error,
}
