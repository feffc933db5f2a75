using System.Text.Json.Nodes;
using ProbeAgent.Injection;
using ProbeAgent.Mesh;

namespace ProbeAgent.Lint;

/// <summary>The agent's own container: what it may use, who it runs as, and how the kubelet asks after it.</summary>
internal static class AgentContainerRules
{
    private const decimal SmallestCpuLimit = 0.1m;

    private const decimal SmallestMemoryLimit = 32 * 1024 * 1024;

    /// <summary>A limit that makes its answers late.</summary>
    public static IEnumerable<Remark> CpuLimit(LintPod pod)
    {
        if (pod.Agent is { } agent && LimitOf(agent, "cpu") is ({ } cores, var place))
        {
            yield return new Remark(
                place,
                cores < SmallestCpuLimit ? FindingSeverity.Warning : FindingSeverity.Info,
                $"the agent's CPU is limited to {(int)(cores * 1000)}m: once it has used that up it stands still for the rest of each 100 ms, and its answers are late",
                "take the CPU limit out; its request of 10m is what it takes");
        }
    }

    /// <summary>A limit that kills it.</summary>
    public static IEnumerable<Remark> MemoryLimit(LintPod pod)
    {
        if (pod.Agent is { } agent && LimitOf(agent, "memory") is ({ } bytes and < SmallestMemoryLimit, var place))
        {
            yield return Remark.Warning(
                place,
                $"the agent's memory is limited to {bytes / 1024 / 1024:0.#} MiB: with all its connections in use it may need 32 MiB, and is killed",
                "write memory: 32Mi");
        }
    }

    /// <summary>An id by which the mesh knows its own proxy.</summary>
    public static IEnumerable<Remark> ProxyId(LintPod pod)
    {
        if (pod.Agent is not { } agent)
        {
            yield break;
        }

        foreach (var key in new[] { "runAsUser", "runAsGroup" })
        {
            var isOwn = agent.Container.Node["securityContext"].Number(key) is not null;
            var holder = isOwn ? agent.Container.Node : pod.Template.Spec;
            if (holder?["securityContext"].Number(key) is { } id && MeshConvention.All.FirstOrDefault(mesh => mesh.ProxyId == id) is { } mesh)
            {
                yield return Remark.Error(
                    (isOwn ? agent.Container.Place : pod.Template.SpecPlace) / "securityContext" / key,
                    $"the agent runs {(isOwn ? "" : "as the pod says, ")}with {key} {id}, which {mesh.Title} takes for its own proxy: what the agent asks at the pod's address ends in the sidecar",
                    $"write {key}: 65532 in the securityContext of the agent's container");
            }
        }
    }

    /// <summary>A native sidecar that nobody waits for.</summary>
    public static IEnumerable<Remark> StartupProbe(LintPod pod)
    {
        if (pod.Agent is { IsNativeSidecar: true } agent && ProbeOf(agent, "startup") is null)
        {
            yield return Remark.Warning(
                agent.Container.Place,
                "the agent has no startupProbe: the kubelet starts the next container before the agent listens, and its first probes are refused",
                "write startupProbe: {httpGet: {path: /-/ready, port: " + agent.Port + "}, periodSeconds: 1, failureThreshold: 30} on the agent's container");
        }
    }

    /// <summary>An agent that stays if it hangs.</summary>
    public static IEnumerable<Remark> LivenessProbe(LintPod pod)
    {
        if (pod.Agent is { } agent && ProbeOf(agent, "liveness") is null)
        {
            yield return Remark.Info(
                agent.Container.Place,
                "the agent has no livenessProbe: if it ever hung, the apps would be restarted in its place",
                "write livenessProbe: {httpGet: {path: /-/healthy, port: " + agent.Port + "}, periodSeconds: 5, timeoutSeconds: 3, terminationGracePeriodSeconds: 1} on the agent's container");
        }
    }

    /// <summary>One more way to unready the pod.</summary>
    public static IEnumerable<Remark> ReadinessProbe(LintPod pod)
    {
        if (pod.Agent is { } agent && ProbeOf(agent, "readiness") is { } probe)
        {
            yield return Remark.Warning(
                probe.Place,
                "the agent has a readinessProbe: while it fails the whole pod is not ready, although the apps' own readiness goes through the agent already",
                "take the readinessProbe out of the agent's container");
        }
    }

    /// <summary>The agent is restarted for what the app does.</summary>
    public static IEnumerable<Remark> ProbeOfTheApp(LintPod pod) =>
        from agent in new[] { pod.Agent }.OfType<PodAgent>()
        from probe in agent.Container.Probes
        where probe.Kind.Word != "readiness" && probe.Ways is ["httpGet"]
        let text = LintPod.PathOf(probe.Action)
        where LintPod.PortOf(probe) != agent.Port || AgentPath.Parse(text) is not { Text: "/-/healthy" or "/-/ready" }
        select Remark.Error(
            NearestPlace.Of(probe.Place, probe.Node, "httpGet", "path"),
            $"{probe}, the agent, asks for '{text}', so the agent is restarted where the app fails, and after the second time no probe is answered for a while",
            $"write path: {(probe.Kind.Word == "startup" ? "/-/ready" : "/-/healthy")} and port: {agent.Port}");

    private static PodProbe? ProbeOf(PodAgent agent, string word) => agent.Container.Probes.FirstOrDefault(probe => probe.Kind.Word == word);

    private static (decimal? Amount, JsonPointer Place) LimitOf(PodAgent agent, string resource) => (
        Quantity.Of(((agent.Container.Node["resources"] as JsonObject)?["limits"] as JsonObject)?[resource]),
        agent.Container.Place / "resources" / "limits" / resource);
}
