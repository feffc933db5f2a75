using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>Where the agent stands among the pod's containers.</summary>
internal static class AgentPlaceRules
{
    /// <summary>A pod that never starts.</summary>
    public static IEnumerable<Remark> BlocksStart(LintPod pod)
    {
        if (pod.Agent is not { } agent)
        {
            yield break;
        }

        if (agent.IsInit && !agent.IsNativeSidecar)
        {
            yield return Remark.Error(
                agent.Container.Place,
                "the agent is an init container without restartPolicy: Always: the kubelet waits for its end, which does not come, and the pod never starts",
                "write restartPolicy: Always on it (Kubernetes 1.29 and later), or move it to 'containers'");
        }
        else if (agent.IsNativeSidecar && pod.Kubernetes < KubernetesVersion.NativeSidecars)
        {
            yield return Remark.Error(
                agent.Container.Place / "restartPolicy",
                $"the agent is a native sidecar, which Kubernetes {pod.Kubernetes} does not have: the pod never starts",
                $"move it to 'containers', as their first ('probe-agent inject --kube-version {pod.Kubernetes}' does it)");
        }

        foreach (var (place, subject) in WaitedForBefore(pod, agent))
        {
            yield return Remark.Error(
                place,
                $"{subject} asks the agent, which starts only after that container: the kubelet waits for it, and the pod never starts",
                "make the agent the first of the initContainers");
        }
    }

    /// <summary>Others run before it listens.</summary>
    public static IEnumerable<Remark> NotFirst(LintPod pod)
    {
        if (pod.Agent is { Index: > 0 } agent && (agent.IsNativeSidecar || !agent.IsInit))
        {
            var sidecar = Earlier(pod, agent).FirstOrDefault(LintPod.IsNativeSidecar);
            var isLate = agent.IsNativeSidecar && sidecar is not null;
            yield return new Remark(
                agent.Container.Place,
                isLate ? FindingSeverity.Warning : FindingSeverity.Info,
                isLate
                    ? $"'{sidecar!.Name}' starts before the agent: its probes and hooks find nobody at the agent's port, and it ends after the agent"
                    : $"the agent is not the first of the {agent.Container.Place.Steps[^2]}: those before it start without it",
                $"make it the first of the {agent.Container.Place.Steps[^2]}");
        }
    }

    /// <summary>A pod that never ends.</summary>
    public static IEnumerable<Remark> InJob(LintPod pod)
    {
        if (pod.Agent is { IsInit: false } agent && pod.Template.EndsByItself)
        {
            yield return Remark.Error(
                agent.Container.Place,
                $"the agent is a regular container of a {pod.Template.Kind} that is to end: it never ends by itself, so neither does the pod",
                "make it a native sidecar: the first of the initContainers, with restartPolicy: Always");
        }
    }

    // The kubelet goes on after a native sidecar's startupProbe, and after any container's postStart.
    private static IEnumerable<(JsonPointer Place, string Subject)> WaitedForBefore(LintPod pod, PodAgent agent) =>
        from container in Earlier(pod, agent)
        let startup = container.Probes.FirstOrDefault(probe => probe.Kind.Word == "startup" && LintPod.IsNativeSidecar(container) && LintPod.PortOf(probe) == agent.Port)
        let hook = container.HttpHooks.FirstOrDefault(hook => hook.Hook == "postStart" && LintPod.PortOf(container, hook.Action) == agent.Port)
        where startup is not null || hook.Hook is not null
        select startup is not null ? (startup.Place, startup.ToString()) : (hook.Place, $"the postStart hook of container '{container.Name}'");

    private static IEnumerable<PodContainer> Earlier(LintPod pod, PodAgent agent) =>
        pod.Template.Containers.TakeWhile(container => container.Place.ToString() != agent.Container.Place.ToString())
            .Where(container => pod.Apps.Any(app => app.Place.ToString() == container.Place.ToString()));
}
