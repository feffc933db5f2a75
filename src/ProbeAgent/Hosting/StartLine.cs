using System.Text.RegularExpressions;
using ProbeAgent.Checks;
using ProbeAgent.Configuration;
using ProbeAgent.Probing;

namespace ProbeAgent.Hosting;

/// <summary>What the agent says of itself when it starts: where its configuration came from, and what it will do.</summary>
internal static partial class StartLine
{
    /// <summary>The variables, options and documents that named something, each once.</summary>
    /// <param name="origins">Where each value stands, by its path.</param>
    public static string SourcesOf(IReadOnlyDictionary<string, string> origins) =>
        string.Join(", ", origins.Values.Select(origin => PlaceInADocument().Replace(origin, "")).Distinct().Order(StringComparer.Ordinal));

    /// <summary>What each check, relay and hook does, and what the kubelet must be told.</summary>
    public static IEnumerable<string> PromisesOf(AgentConfiguration configuration) => configuration.Checks.Select(Promise)
        .Concat(configuration.Relays.Select(relay => $"relay \"{relay.Name}\" passes {relay.Target} on at /relay/{relay.Name}"))
        .Concat(configuration.Hooks.Select(hook =>
            $"container \"{hook.Container}\" has its {(hook.Hook == HookKind.PreStop ? "preStop" : "postStart")} hook at {hook.Action}"))
        .Concat(PromisesOf(configuration.Mesh));

    private static string Promise(CheckConfiguration check) =>
        $"check \"{check.Name}\" asks {check.Action} and answers within {DurationText.Of(Budget.Within(check.Timeout))}: "
        + $"timeoutSeconds: {check.Timeout.TotalSeconds} on the probe";

    private static IEnumerable<string> PromisesOf(MeshConfiguration mesh)
    {
        var kind = mesh.EffectiveKind;
        if (kind is MeshKind.None or MeshKind.Auto)
        {
            yield return kind == MeshKind.None ? "no mesh" : "the mesh is looked for";
        }
        else
        {
            var word = ValueRule.Meshes.First(known => known.Value == kind).Word;
            yield return $"the sidecar of the mesh \"{word}\" is asked{(mesh.ReadyUrl is { } readyUrl ? $" at {readyUrl}" : "")}";
        }

        if (mesh.Gate.Count > 0 && kind != MeshKind.None)
        {
            yield return $"readiness waits for the sidecar for at most {DurationText.Of(mesh.GateDeadline)}";
        }
    }

    // FILE:LINE:COLUMN
    [GeneratedRegex(@":\d+:\d+$")]
    private static partial Regex PlaceInADocument();
}
