namespace ProbeAgent.Configuration;

/// <summary>What network callers may read of a failure.</summary>
internal enum Detail
{
    /// <summary>The reason's word.</summary>
    Reason,

    /// <summary>The whole sentence.</summary>
    Full,
}
