namespace ProbeAgent.Injection;

/// <summary>How much a finding matters, the least first.</summary>
internal enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Works, and will surprise.</summary>
    Warning,

    /// <summary>Does not work.</summary>
    Error,
}
