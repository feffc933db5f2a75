using System.Text.Json.Nodes;
using ProbeAgent.Configuration;

namespace ProbeAgent.Lint;

/// <summary>Lifecycle hooks that cannot work in any mesh, or without one.</summary>
internal static class HookRules
{
    private static readonly string[] Hooks = ["postStart", "preStop"];

    /// <summary>A hook of a kind that the kubelet does not have.</summary>
    public static IEnumerable<Remark> TcpSocket(LintPod pod) =>
        from container in pod.Template.Containers
        from hook in Hooks
        where ((container.Node["lifecycle"] as JsonObject)?[hook] as JsonObject)?["tcpSocket"] is not null
        select Remark.Error(
            container.Place / "lifecycle" / hook / "tcpSocket",
            $"the {hook} hook of container '{container.Name}' is a tcpSocket, which the kubelet has never done: it fails"
                + (hook == "postStart" ? ", and the container is killed" : ", and the app is told to end at once"),
            "write exec, httpGet or sleep");

    /// <summary>A hook at the agent that the agent does not know.</summary>
    public static IEnumerable<Remark> Unknown(LintPod pod) =>
        from agent in new[] { pod.Agent }.OfType<PodAgent>()
        from configuration in new[] { agent.Configuration }.OfType<AgentConfiguration>()
        from container in pod.Apps
        from hook in container.HttpHooks
        where LintPod.PortOf(container, hook.Action) == agent.Port && !IsKnown(configuration, LintPod.PathOf(hook.Action))
        select Remark.Error(
            NearestPlace.Of(hook.Place, hook.Action, "path"),
            $"the {hook.Hook} hook of container '{container.Name}' asks the agent for a hook that its configuration does not have, or with another key: it fails",
            $"write /app-lifecycle/{container.Name}/{hook.Hook}?key=… with the key of that hook in the agent's 'hooks'");

    private static bool IsKnown(AgentConfiguration configuration, string path) => configuration.Hooks.Any(hook =>
        path == $"/app-lifecycle/{hook.Container}/{(hook.Hook == HookKind.PreStop ? "preStop" : "postStart")}?key={hook.Key}");
}
