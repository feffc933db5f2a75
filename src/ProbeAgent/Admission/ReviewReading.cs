namespace ProbeAgent.Admission;

/// <summary>What the reading of a review comes to: a request, or a mistake.</summary>
/// <param name="Request">What is asked; null where there is a mistake.</param>
/// <param name="Mistake">Why it is no review, in a sentence for its sender; null where it is one.</param>
internal sealed record ReviewReading(AdmissionRequest? Request, string? Mistake);
