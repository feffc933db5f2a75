namespace ProbeAgent.Probing;

/// <summary>What an answer of the app leads to.</summary>
/// <param name="Next">The URL to ask next; null where the answer is the last one.</param>
/// <param name="FailedBy">Why the chain ends in a failure; null where it does not.</param>
/// <param name="Phrase">What is wrong, after «GET … », or what is to be known of the answer; empty where nothing is.</param>
internal readonly record struct RedirectStep(HttpUrl? Next, Reason? FailedBy, string Phrase)
{
    /// <summary>The answer stands for itself.</summary>
    public static RedirectStep Judge { get; } = new(null, null, "");

    /// <summary>The answer stands for itself, though it says that another host is to be asked.</summary>
    public static RedirectStep Elsewhere(string host) => new(
        null, null, $"it sends to another host, {Printable.Of(host)}, so the app behind it is not checked (a login? give a `path` without one); ");

    /// <summary>One more question.</summary>
    public static RedirectStep Ask(HttpUrl next) => new(next, null, "");

    /// <summary>The chain cannot be followed.</summary>
    public static RedirectStep Fail(Reason reason, string phrase) => new(null, reason, phrase);
}
