namespace ProbeAgent.Serving;

/// <summary>The target of a request line, exactly as it came: nothing is decoded, no dots or slashes are folded.</summary>
/// <param name="Path">Up to the question mark.</param>
/// <param name="Query">After it; null where there is none.</param>
internal readonly record struct RequestTarget(string Path, string? Query)
{
    /// <summary>Splits a raw target.</summary>
    public static RequestTarget Parse(string raw)
    {
        var mark = raw.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? new RequestTarget(raw, null) : new RequestTarget(raw[..mark], raw[(mark + 1)..]);
    }

    /// <summary>The values of a key of the query, with an empty one where it stands alone.</summary>
    public IEnumerable<string> Values(string key)
    {
        foreach (var pair in Query?.Split('&') ?? [])
        {
            var parts = pair.Split('=', 2);
            if (parts[0] == key)
            {
                yield return parts.Length == 2 ? parts[1] : "";
            }
        }
    }
}
