using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>Moves the probes of a manifest's pods to an agent that it puts beside them. It knows nothing of files, HTTP or terminals.</summary>
internal sealed class Injector(InjectionOptions options)
{
    /// <summary>What is to be changed. Where one pod of a list cannot be injected, none is.</summary>
    /// <param name="manifest">A workload, or a list of them; it stays as it is.</param>
    /// <param name="neighbours">What is deployed with it; a Namespace among them may say which mesh there is.</param>
    public InjectionResult Inject(JsonNode manifest, IReadOnlyList<JsonNode> neighbours)
    {
        List<InjectionResult> results =
            [.. PodTemplates.Of(manifest, options.TemplatePath).Select(template => new TemplateInjection(template, options, neighbours).Run())];
        if (results.Count == 0)
        {
            return new InjectionResult(InjectionDecision.Unchanged, InjectionReason.NoPod, new JsonPatch(), []);
        }

        // The worst decides, and of several alike the first.
        var deciding = results.Find(result => result.Decision == InjectionDecision.Error)
            ?? results.Find(result => result.Decision == InjectionDecision.Injected)
            ?? results[0];
        var patch = new JsonPatch();
        var isInjected = deciding.Decision == InjectionDecision.Injected;
        foreach (var result in results.Where(_ => isInjected))
        {
            patch.Append(result.Patch);
        }

        return new InjectionResult(deciding.Decision, deciding.Reason, patch, [.. results.SelectMany(result => result.Findings)])
        {
            Companions = isInjected ? [.. results.SelectMany(result => result.Companions)] : [],
        };
    }
}
