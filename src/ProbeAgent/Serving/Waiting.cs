namespace ProbeAgent.Serving;

/// <summary>What a connection waits for that has no answer pending.</summary>
internal enum Waiting
{
    /// <summary>A whole head, and be it the rest of a refused request.</summary>
    ForHead,

    /// <summary>Another request, after an answer.</summary>
    ForAnother,

    /// <summary>Its end: that the last answer has left.</summary>
    ForEnd,
}
