using ProbeAgent.Probing;

namespace ProbeAgent.Checks;

/// <summary>What a check says to one caller.</summary>
/// <param name="Check">The check's name.</param>
/// <param name="Code">The HTTP status code.</param>
/// <param name="Reason">The reason's word; null where the check holds.</param>
/// <param name="Sentence">What was asked and what came back; for those in the pod, and for callers where all detail is allowed.</param>
internal sealed record CheckAnswer(string Check, int Code, string? Reason, string Sentence)
{
    /// <summary>The app's body, where the check relays it; at most 10 KiB. Null where it does not, or no answer came.</summary>
    public ReadOnlyMemory<byte>? Body { get; private init; }

    /// <summary>Its content type as the app gave it; null where it gave none.</summary>
    public string? BodyContentType { get; private init; }

    /// <summary>True where it was not asked, because the caller left it out.</summary>
    public bool IsLeftOut { get; private init; }

    /// <summary>True where the app is well.</summary>
    public bool Holds => Reason is null;

    /// <summary>A check that the caller has left out.</summary>
    public static CheckAnswer LeftOut(string check) => new(check, 200, null, "left out") { IsLeftOut = true };

    /// <summary>The answer that follows from an attempt.</summary>
    public static CheckAnswer From(string check, AttemptResult result) =>
        new(check, AnswerCode.Of(result), result.Reason is { } reason ? ReasonWord.Of(reason) : null, result.Message)
        {
            Body = result.Body,
            BodyContentType = result.BodyContentType,
        };

    /// <summary>Readiness while the agent drains: the pod is ending, whatever the app says.</summary>
    public static CheckAnswer Draining(string check) => From(
        check, AttemptResult.Failed(Probing.Reason.Draining, "the pod is ending: the agent drains and is no longer ready"));

    /// <summary>Readiness while the sidecar is not ready: what is sent to the pod would not arrive, whatever the app says.</summary>
    public static CheckAnswer MeshNotReady(string check, string sentence) =>
        From(check, AttemptResult.Failed(Probing.Reason.MeshNotReady, sentence));
}
