using ProbeAgent.Injection;

namespace ProbeAgent.Admission;

/// <summary>What is decided about a request.</summary>
/// <param name="Decision">What becomes of the pod.</param>
/// <param name="Reason">The word of the reason.</param>
/// <param name="Message">The sentence for a person.</param>
/// <param name="Patch">What is to be changed.</param>
internal sealed record AdmissionOutcome(InjectionDecision Decision, string Reason, string Message, JsonPatch Patch)
{
    /// <summary>What the API server is to show to whoever made the pod.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
