namespace ProbeAgent.Probing;

/// <summary>How long the parts of an attempt took; null for a part that was not reached. TLS is null for plain connections.</summary>
internal readonly record struct Phases(TimeSpan? Connect, TimeSpan? Tls, TimeSpan? FirstByte, TimeSpan? Body, TimeSpan Total)
{
    /// <summary>The reached parts with the names they have in metrics: <c>connect</c>, <c>tls</c>, <c>first_byte</c>, <c>body</c>.</summary>
    public IEnumerable<(string Name, TimeSpan Duration)> Reached()
    {
        if (Connect is { } connect)
        {
            yield return ("connect", connect);
        }

        if (Tls is { } tls)
        {
            yield return ("tls", tls);
        }

        if (FirstByte is { } firstByte)
        {
            yield return ("first_byte", firstByte);
        }

        if (Body is { } body)
        {
            yield return ("body", body);
        }
    }
}
