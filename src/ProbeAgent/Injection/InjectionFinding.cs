namespace ProbeAgent.Injection;

/// <summary>Something to be said about a place of a manifest.</summary>
/// <param name="Severity">An error means that nothing is injected.</param>
/// <param name="Reason">Its class.</param>
/// <param name="Pointer">The place, as a JSON Pointer (RFC 6901).</param>
/// <param name="Message">What is there, and what to do.</param>
internal sealed record InjectionFinding(FindingSeverity Severity, InjectionReason Reason, string Pointer, string Message);
