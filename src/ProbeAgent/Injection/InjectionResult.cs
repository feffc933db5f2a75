using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>What an injection comes to.</summary>
/// <param name="Decision">What becomes of the manifest.</param>
/// <param name="Reason">Why.</param>
/// <param name="Patch">What is to be changed; empty unless <see cref="InjectionDecision.Injected"/>.</param>
/// <param name="Findings">All there is to be said, in the order of the manifest.</param>
internal sealed record InjectionResult(
    InjectionDecision Decision, InjectionReason Reason, JsonPatch Patch, IReadOnlyList<InjectionFinding> Findings)
{
    /// <summary>Manifests that belong beside this one: PodMonitors.</summary>
    public IReadOnlyList<JsonObject> Companions { get; init; } = [];
}
