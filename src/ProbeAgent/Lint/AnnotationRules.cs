using System.Text.Json;
using System.Text.Json.Nodes;
using ProbeAgent.Configuration;
using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>The two annotations by which the mesh leaves the agent's port and the probes alone.</summary>
internal static class AnnotationRules
{
    /// <summary>The agent's port goes into the sidecar.</summary>
    public static IEnumerable<Remark> PortNotExcluded(LintPod pod)
    {
        if (pod is not { Mesh: { CapturesListedOnly: false } mesh, Agent: { } agent } || !mesh.Captures(agent.Port))
        {
            yield break;
        }

        var key = mesh.Convention.ExcludedPorts;
        var given = mesh.AnnotationText(key);
        yield return new Remark(
            PlaceOf(pod, key),
            mesh.ModeOf(agent.Port) is MtlsMode.Permissive or MtlsMode.Disable ? FindingSeverity.Warning : FindingSeverity.Error,
            $"the agent's port {agent.Port} goes into {mesh.Title}'s sidecar ("
                + (given is null ? $"there is no {key}" : $"{key} is '{given}', which does not have it")
                + "): under strict mTLS no probe arrives" + OnTheWorkload(pod, key),
            $"write on the pod: {mesh.ExcludingAnnotation(agent.Port)}");
    }

    /// <summary>The list of captured ports has the agent's.</summary>
    public static IEnumerable<Remark> PortIncluded(LintPod pod)
    {
        if (pod is { Mesh: { CapturesListedOnly: true, Convention.IncludedPorts: { } key } mesh, Agent: { } agent } && mesh.Captures(agent.Port))
        {
            yield return Remark.Error(
                PlaceOf(pod, key),
                $"{key} names the agent's port {agent.Port}, so {mesh.Title}'s sidecar takes it, whatever {mesh.Convention.ExcludedPorts} says",
                $"take {agent.Port} out of {key}");
        }
    }

    /// <summary>The mesh moves the probes that are for the agent.</summary>
    public static IEnumerable<Remark> ProbesRewritten(LintPod pod)
    {
        if (pod is not { Mesh: { IsRewriting: true, Convention.Rewriting: { } rewriting } mesh, Agent: not null })
        {
            yield break;
        }

        var given = mesh.AnnotationText(rewriting.Key);
        yield return Remark.Warning(
            PlaceOf(pod, rewriting.Key),
            $"{mesh.Title} rewrites the probes of this pod, the agent's too ("
                + (given is null ? $"there is no {rewriting.Key}" : $"{rewriting.Key} is '{given}'")
                + "): they go from the kubelet to the sidecar, to the agent, to the app, and fail when the sidecar does" + OnTheWorkload(pod, rewriting.Key),
            $"write on the pod: {rewriting.Key}: \"{rewriting.Value}\"");
    }

    /// <summary>An annotation that the API server or the mesh refuses.</summary>
    public static IEnumerable<Remark> Malformed(LintPod pod)
    {
        var place = pod.Template.Place / "metadata" / "annotations";
        foreach (var (key, value) in pod.Template.Annotations ?? [])
        {
            if (value is not null && value.GetValueKind() != JsonValueKind.String)
            {
                yield return Remark.Error(
                    place / key,
                    $"the annotation {key} is not a text, so the API server refuses the manifest",
                    value is JsonValue ? $"put it in quotes: {key}: \"{value.ToJsonString()}\"" : "an annotation is a text: put it in quotes, or take it out");
            }
            else if (pod.Mesh is { } mesh && (key == mesh.Convention.ExcludedPorts || key == mesh.Convention.IncludedPorts)
                && value?.GetValue<string>() is { } list && !IsListOfPorts(list))
            {
                yield return Remark.Error(
                    place / key, $"{key} is '{list}', which is no list of ports for {mesh.Title}", $"write numbers with commas between: {key}: \"8080,9090\"");
            }
        }
    }

    private static bool IsListOfPorts(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .All(part => part == "*" || part.Split('-').All(end => PortNumber.Parse(end.Trim()) is not null));

    private static JsonPointer PlaceOf(LintPod pod, string key) => NearestPlace.Of(pod.Template.Place, pod.Template.Pod, "metadata", "annotations", key);

    // It stands on the Deployment, where no mesh looks: a common slip.
    private static string OnTheWorkload(LintPod pod, string key) =>
        !ReferenceEquals(pod.Template.Pod, pod.Template.Workload)
        && ((pod.Template.Workload["metadata"] as JsonObject)?["annotations"] as JsonObject)?[key] is not null
            ? $"; it stands on the {pod.Template.Kind} itself, where the mesh does not look: it belongs to the pod's template"
            : "";
}
