namespace ProbeAgent.Probing;

/// <summary>What came of fetching one page.</summary>
/// <param name="StatusCode">The answer's status code; null where no whole answer came.</param>
/// <param name="Message">One sentence for the person on call: what was asked, what came back, after how long. Never for the network.</param>
internal sealed record Page(int? StatusCode, string Message)
{
    /// <summary>At most 10 KiB of the body, as it came.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The first <c>Server</c> header, as it came; null where there is none.</summary>
    public string? Server { get; init; }

    /// <summary>The first <c>X-Powered-By</c> header, as it came; null where there is none.</summary>
    public string? PoweredBy { get; init; }
}
