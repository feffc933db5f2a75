namespace ProbeAgent.Probing;

/// <summary>What came of one question to the app.</summary>
internal sealed record AttemptResult
{
    /// <summary>Success, warning or failure.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Why it failed; null unless <see cref="Outcome"/> is a failure.</summary>
    public Reason? Reason { get; init; }

    /// <summary>The app's HTTP status code; null where none came or the question was not HTTP.</summary>
    public int? StatusCode { get; init; }

    /// <summary>One sentence for the person on call: what was asked, what came back, after how long. Never for the network.</summary>
    public required string Message { get; init; }

    /// <summary>How long each part took.</summary>
    public Phases Phases { get; init; }

    /// <summary>The first 256 characters of the app's body, printable; null where there is none. Never for the network.</summary>
    public string? BodyExcerpt { get; init; }

    /// <summary>At most 10 KiB of the app's body, as it came; null where the target does not keep it, or no answer came.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The <c>Content-Type</c> of <see cref="Body"/>, as it came; null where there is none that can be printed.</summary>
    public string? BodyContentType { get; init; }

    /// <summary>True where the app refused, or hung up without a byte: the only results after which it is asked again.</summary>
    public bool MayAskAgain { get; init; }

    /// <summary>True where TLS was begun and the app answered in plain HTTP.</summary>
    public bool IsPlainHttp { get; init; }

    /// <summary>True where the app has sent us elsewhere, and this came of it.</summary>
    public bool IsRedirected { get; init; }

    /// <summary>True for a success and for a warning.</summary>
    public bool Succeeded => Outcome != Outcome.Failure;

    /// <summary>A failed attempt.</summary>
    public static AttemptResult Failed(Reason reason, string message, Phases phases = default) =>
        new() { Outcome = Outcome.Failure, Reason = reason, Message = message, Phases = phases };
}
