using System.Text.Json.Nodes;
using ProbeAgent.Mesh;

namespace ProbeAgent.Injection;

/// <summary>Finds the probes and hooks of a pod that are to be moved to its agent.</summary>
internal sealed class MovablePlaces(PodTemplate template, ExistingAgent agent, List<InjectionFinding> findings)
{
    private IEnumerable<PodContainer> Apps => template.Containers.Where(container => !agent.Is(container) && MeshConvention.All.All(mesh => mesh.Proxy != container.Name));

    /// <summary>The probes; what is wrong with one, or why it stays, is a finding.</summary>
    public List<PodProbe> Probes() => [.. Apps.SelectMany(container => container.Probes).Where(IsMovable)];

    /// <summary>The probes that ask the agent already.</summary>
    public IEnumerable<PodProbe> AtTheAgent() => Apps.SelectMany(container => container.Probes)
        .Where(probe => probe.Ways is ["httpGet"] && probe.Action is { } action && IsAtTheAgent(action)
            && action.Text("path") == $"/app-health/{probe.Container.Name}/{probe.Kind.Path}");

    /// <summary>The hooks.</summary>
    public List<MovableHook> Hooks() =>
    [
        .. from container in Apps
           from hook in container.HttpHooks
           where (hook.Action.Text("host") ?? "").Length == 0 && !IsAtTheAgent(hook.Action)
           select new MovableHook(container, hook.Hook, hook.Place, hook.Action),
    ];

    /// <summary>Takes away those at ports that the mesh does not capture.</summary>
    public void LeaveUncaptured(MeshConvention? mesh, List<PodProbe> probes, List<MovableHook> hooks)
    {
        var leaving = probes.Where(probe => !IsCaptured(mesh, probe.Container, probe.Action)).ToList();
        findings.AddRange(leaving.Select(probe => new InjectionFinding(
            FindingSeverity.Info,
            InjectionReason.NotCaptured,
            probe.Place.ToString(),
            $"{probe} asks at a port that {mesh?.Title ?? "no mesh"} {(mesh is null ? "captures" : "does not capture")}; it stays as it is")));
        probes.RemoveAll(leaving.Contains);
        hooks.RemoveAll(hook => !IsCaptured(mesh, hook.Container, hook.Action));
    }

    private bool IsMovable(PodProbe probe)
    {
        if (probe.Ways is ["exec"])
        {
            return false;
        }

        if (probe.Action is not { } action)
        {
            Say(FindingSeverity.Error, InjectionReason.Invalid, probe, probe.Ways.Count == 1
                ? $"{probe} has a {probe.Ways[0]} that is no mapping"
                : $"{probe} asks {(probe.Ways.Count == 0 ? "nothing" : $"in {probe.Ways.Count} ways")}; a probe has one of exec, httpGet, tcpSocket and grpc");
            return false;
        }

        if (action.Text("host") is { Length: > 0 } host)
        {
            Say(FindingSeverity.Info, InjectionReason.ForeignHost, probe, $"{probe} asks host '{host}', not its own pod; it stays as it is");
            return false;
        }

        if (action.Number("port") == AgentContainer.AdminPort)
        {
            Say(FindingSeverity.Error, InjectionReason.PortTaken, probe, $"{probe} asks port {AgentContainer.AdminPort}, which the agent listens on; let the app listen on another one");
            return false;
        }

        if (action.Number("port") != AgentContainer.Port)
        {
            return true;
        }

        if (!agent.IsThere)
        {
            Say(FindingSeverity.Error, InjectionReason.PortTaken, probe, $"{probe} asks port {AgentContainer.Port}, which is the agent's, and there is no agent in the pod yet; write what the app itself is to be asked");
        }

        return false;
    }

    private bool IsAtTheAgent(JsonObject action) => agent.IsThere && action.Number("port") == AgentContainer.Port;

    private bool IsCaptured(MeshConvention? mesh, PodContainer container, JsonObject? action)
    {
        if (mesh is null)
        {
            return false;
        }

        // A name that nobody has is an error later on.
        var port = action.Number("port")
            ?? (action.Text("port") is { } name ? container.Ports.FirstOrDefault(declared => declared.Name == name).Port : 0);
        if (mesh.IncludedPorts is { } key && new PortList(template.Annotations.Text(key)) is { IsThere: true, IsAll: false } included)
        {
            return port == 0 || included.Contains(port);
        }

        return port == 0 || !(mesh.NeverCaptured.Contains(port) || new PortList(template.Annotations.Text(mesh.ExcludedPorts)).Contains(port));
    }

    private void Say(FindingSeverity severity, InjectionReason reason, PodProbe probe, string message) =>
        findings.Add(new InjectionFinding(severity, reason, probe.Place.ToString(), message));
}
