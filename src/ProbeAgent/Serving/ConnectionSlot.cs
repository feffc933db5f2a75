namespace ProbeAgent.Serving;

/// <summary>
/// One open connection to the public port. It counts for its source only while no answer is on its way: a probe that waits
/// for the app must not keep the next one out.
/// </summary>
internal sealed class ConnectionSlot(SourceCount source)
{
    /// <summary>The whole head of a request has arrived.</summary>
    public void BeginAnswer() => source.Remove();

    /// <summary>The answer is out; the connection waits for a head again.</summary>
    public void EndAnswer() => source.Add();
}
