namespace ProbeAgent.Serving;

/// <summary>How many connections of one source address have not delivered a whole request head.</summary>
internal sealed class SourceCount
{
    private int waiting;

    /// <summary>Connections that wait for a head.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>One more.</summary>
    public void Add() => Interlocked.Increment(ref waiting);

    /// <summary>One less.</summary>
    public void Remove() => Interlocked.Decrement(ref waiting);
}
