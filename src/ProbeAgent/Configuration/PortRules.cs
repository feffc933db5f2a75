namespace ProbeAgent.Configuration;

/// <summary>The agent's own ports: different from each other, and nobody's target.</summary>
internal sealed class PortRules(AgentConfiguration configuration, Findings findings)
{
    /// <summary>Adds what is wrong.</summary>
    public void Refuse(
        Origin? listen,
        Origin? admin,
        IReadOnlyList<Found<CheckConfiguration>> checks,
        IReadOnlyList<Found<RelayConfiguration>> relays,
        IReadOnlyList<Found<HookConfiguration>> hooks,
        Origin? mesh)
    {
        if (configuration.Admin is { } adminPort && adminPort.Port == configuration.Listen.Port)
        {
            var origin = admin ?? listen ?? new Origin(Setting.Admin.Variable);
            findings.Mistakes.Add(origin.Plain(
                $"port {adminPort.Port} is both the public and the admin port; they must differ"));
        }

        foreach (var check in checks)
        {
            RefuseOwn(check.Value.Action, check.Origin);
        }

        foreach (var relay in relays)
        {
            RefuseOwn(relay.Value.Target, relay.Origin);
        }

        foreach (var hook in hooks)
        {
            RefuseOwn(hook.Value.Action, hook.Origin);
        }

        if (configuration.Mesh.ReadyUrl is { } readyUrl && mesh is not null)
        {
            RefuseOwn(readyUrl, mesh with { Path = mesh.Path + ".readyUrl" });
        }
    }

    private void RefuseOwn(CheckAction action, Origin origin)
    {
        if (configuration.OwnPorts.Contains(action.Port))
        {
            findings.Mistakes.Add(origin.Plain(
                (origin.Path.Length == 0 ? "" : $"{origin.Path}: ") + $"port {action.Port} is the agent's own; a target is the port of the app"));
        }
    }
}
