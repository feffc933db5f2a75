using System.Text.Json.Nodes;
using ProbeAgent.Configuration;
using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>What the agent is told.</summary>
internal static class ConfigurationRules
{
    /// <summary>What it refuses to start with, and what it warns of.</summary>
    public static IEnumerable<Remark> Wrong(LintPod pod)
    {
        if (pod.Agent is not { } agent)
        {
            yield break;
        }

        foreach (var mistake in agent.Mistakes)
        {
            yield return Remark.Error(
                PlaceOf(agent, mistake.Source), $"the agent refuses to start: {mistake}", "mend it; 'probe-agent validate' says the same of a document alone");
        }

        foreach (var warning in agent.Warnings)
        {
            yield return Remark.Warning(PlaceOf(agent, warning), $"the agent will warn: {warning}", "mend it, or take it out");
        }
    }

    /// <summary>A document that can change under a running pod.</summary>
    public static IEnumerable<Remark> MutableConfigMap(LintPod pod)
    {
        if (pod.Agent is not { } agent)
        {
            yield break;
        }

        if (agent.ConfigFile is { } file && Changeable(pod, file.Name, file.Place) is { } remark)
        {
            yield return remark;
        }

        var variables = agent.Container.Node["env"] as JsonArray ?? [];
        foreach (var variable in variables.OfType<JsonObject>())
        {
            if (variable["valueFrom"] is JsonObject source && source["configMapKeyRef"].Text("name") is { } name
                && Setting.All.Any(setting => setting.Variable == variable.Text("name"))
                && Changeable(pod, name, agent.Variables.PlaceOf(variable.Text("name")!)) is { } another)
            {
                yield return another;
            }
        }
    }

    /// <summary>A drain that does not fit its place in the pod.</summary>
    public static IEnumerable<Remark> Drain(LintPod pod)
    {
        if (pod.Agent is not { Configuration: { } configuration } agent || (agent.IsInit && !agent.IsNativeSidecar))
        {
            yield break;
        }

        if (agent.IsNativeSidecar && configuration.DrainMax > TimeSpan.Zero)
        {
            yield return Remark.Info(
                agent.Variables.PlaceOf(Setting.DrainSeconds.Variable, Setting.ConfigYaml.Variable),
                "the agent is a native sidecar and waits for the app at its end, which has ended before: a replaced agent takes longer for nothing",
                "write drain.maxSeconds: 0 (PROBEAGENT_DRAIN_SECONDS=0)");
        }
        else if (!agent.IsNativeSidecar && configuration.DrainMax == TimeSpan.Zero)
        {
            yield return Remark.Info(
                agent.Variables.PlaceOf(Setting.DrainSeconds.Variable, Setting.ConfigYaml.Variable),
                "the agent is a regular container and ends at once when the pod does: the apps' readiness is refused while they finish",
                "leave drain.maxSeconds (PROBEAGENT_DRAIN_SECONDS) out; it is 25 then");
        }
    }

    private static Remark? Changeable(LintPod pod, string name, JsonPointer place) => pod.ConfigMaps.IsImmutable(name) switch
    {
        true => null,
        false => Remark.Warning(
            place,
            $"the agent's configuration comes from ConfigMap '{name}', which is not immutable: a change counts for each pod from its agent's next restart on, with no rollout and no way back",
            "write it into PROBEAGENT_CONFIG_YAML, or make the ConfigMap 'immutable: true' under a name that changes with it"),
        null => Remark.Info(
            place,
            $"the agent's configuration comes from ConfigMap '{name}', which is not here: whether it is immutable cannot be seen",
            "give the ConfigMap as well (-f), or write the configuration into PROBEAGENT_CONFIG_YAML"),
    };

    // A mistake begins with the variable, or with the place in the document.
    private static JsonPointer PlaceOf(PodAgent agent, string text)
    {
        var source = text.Split(' ', ':')[0];
        return agent.ConfigFile is { } file && source.StartsWith('/') ? file.Place : agent.Variables.PlaceOf(source);
    }
}
