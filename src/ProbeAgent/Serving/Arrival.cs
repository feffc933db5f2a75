namespace ProbeAgent.Serving;

/// <summary>How far a request has come in.</summary>
internal enum Arrival
{
    /// <summary>No byte yet.</summary>
    Nothing,

    /// <summary>Something, but no whole head.</summary>
    Part,

    /// <summary>The whole head.</summary>
    WholeHead,

    /// <summary>The caller has ended the connection, or it broke.</summary>
    End,
}
