using System.Text.Json.Nodes;
using ProbeAgent.Configuration;
using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>Ports that are named, taken or reserved.</summary>
internal static class PortRules
{
    /// <summary>A port by a name that its container does not have.</summary>
    public static IEnumerable<Remark> UnknownName(LintPod pod)
    {
        foreach (var container in pod.Template.Containers)
        {
            var asked = container.Probes.Where(probe => probe.Ways is ["httpGet" or "tcpSocket"])
                .Select(probe => (Subject: probe.ToString(), Place: probe.Place / probe.Ways[0], Action: probe.Action))
                .Concat(container.HttpHooks.Select(hook => (Subject: $"the {hook.Hook} hook of container '{container.Name}'", hook.Place, Action: (JsonObject?)hook.Action)));
            foreach (var (subject, place, action) in asked)
            {
                if (action.Text("port") is { } name && LintPod.PortOf(container, action) is null)
                {
                    yield return Remark.Error(
                        place / "port",
                        $"{subject} asks port '{name}', which the container does not declare: the kubelet cannot ask",
                        PortNumber.Parse(name) is { } number ? $"a number is written without quotes: port: {number}"
                            : pod.Agent?.Container.Ports.FirstOrDefault(port => port.Name == name) is { Name: not null } ofAgent
                                ? $"names are those of the same container: write the agent's port as a number, port: {ofAgent.Port}"
                                : "write one of the names in the container's 'ports', or a number");
                }
            }
        }
    }

    /// <summary>A port of the agent's that another container has.</summary>
    public static IEnumerable<Remark> Taken(LintPod pod) =>
        from agent in new[] { pod.Agent }.OfType<PodAgent>()
        from declared in Declared(pod)
        where declared.Port == agent.Port || declared.Port == agent.AdminPort
        select Remark.Error(
            declared.Place,
            $"container '{declared.Container}' has port {declared.Port}, which is the agent's {(declared.Port == agent.Port ? "public" : "admin")} port: one of the two cannot start",
            declared.Port == agent.Port ? "give the agent another with PROBEAGENT_LISTEN" : "give the agent another with PROBEAGENT_ADMIN, or 'off'");

    /// <summary>A port of the sidecar's.</summary>
    public static IEnumerable<Remark> Reserved(LintPod pod)
    {
        if (pod.Mesh is not { } mesh)
        {
            yield break;
        }

        foreach (var (place, container, port) in Declared(pod).Where(declared => IsReserved(mesh, declared.Port)))
        {
            yield return Remark.Error(
                place, $"container '{container}' has port {port}, which {mesh.Title}'s sidecar takes: one of the two cannot start", "take another port for the app");
        }

        foreach (var check in pod.Agent?.Configuration?.Checks.Where(check => IsReserved(mesh, check.Action.Port)) ?? [])
        {
            yield return Remark.Info(
                NearestPlace.Of(pod.Agent!.Container.Place, pod.Agent.Container.Node, "env"),
                $"the agent's check '{check.Name}' asks port {check.Action.Port}, which is {mesh.Title}'s sidecar and not the app",
                "let it ask the app; where readiness is to wait for the sidecar, write mesh.gate: [readiness]");
        }
    }

    // Kuma captures by Istio's ports.
    private static bool IsReserved(PodMesh mesh, int port) =>
        ReservedPorts.OwnerOf(port) is { } owner && (owner == mesh.Title || (mesh.Title == "Kuma" && port is 15001 or 15006));

    private static IEnumerable<(JsonPointer Place, string Container, int Port)> Declared(LintPod pod) =>
        from container in pod.Apps
        let ports = container.Node["ports"] as JsonArray ?? []
        from index in Enumerable.Range(0, ports.Count)
        let port = ports[index].Number("containerPort")
        where port is not null && ports[index].Text("protocol") is null or "TCP"
        select (container.Place / "ports" / index / "containerPort", container.Name, port.Value);
}
