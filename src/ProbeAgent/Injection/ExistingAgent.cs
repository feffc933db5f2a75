using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>The agent that a pod has already, if it has one.</summary>
internal sealed class ExistingAgent
{
    private readonly PodTemplate template;
    private readonly PodContainer? container;
    private readonly bool isOurs;

    public ExistingAgent(PodTemplate template)
    {
        this.template = template;
        container = template.Containers.FirstOrDefault(one => one.Name == AgentContainer.Name);
        isOurs = container is not null && (Variables.Any(variable => variable.Node.Text("name")?.StartsWith("PROBEAGENT_", StringComparison.Ordinal) == true)
            || (container.Node["args"] is not null && container.Ports.Any(port => port.Port == AgentContainer.Port)));
        if (isOurs && Variables.FirstOrDefault(variable => variable.Node.Text("name") == AgentContainer.DocumentVariable) is { Node: not null } found)
        {
            DocumentPlace = found.Place / "value";
            Document = IsOnlyThat() ? AgentDocument.Read(found.Node.Text("value") ?? "") : null;
        }
    }

    /// <summary>True where the pod has an agent.</summary>
    public bool IsThere => isOurs;

    /// <summary>Its document; null where it has none in a variable, or one that cannot be read.</summary>
    public AgentDocument? Document { get; }

    /// <summary>Where that lies; null where it has none in a variable.</summary>
    public JsonPointer? DocumentPlace { get; }

    private IEnumerable<(JsonPointer Place, JsonObject Node)> Variables => container?.Node["env"] is JsonArray variables
        ? variables.Select((node, index) => (container.Place / "env" / index, node)).Where(item => item.node is JsonObject).Select(item => (item.Item1, (JsonObject)item.node!))
        : [];

    // What else says what to ask, or where to listen, goes before the document.
    private bool IsOnlyThat() => container!.Node["args"] is null && container.Node["envFrom"] is null
        && !Variables.Any(variable => variable.Node.Text("name") is "PROBEAGENT_TARGET" or "PROBEAGENT_CONFIG" or "PROBEAGENT_LISTEN" or "PROBEAGENT_ADMIN");

    /// <summary>True where the container is the agent's own.</summary>
    public bool Is(PodContainer other) => isOurs && other.Name == AgentContainer.Name;

    /// <summary>Refuses whoever has the agent's name or its ports, and an agent that nothing can be added to.</summary>
    public void Refuse(List<InjectionFinding> findings, bool isAddedTo)
    {
        if (isOurs && isAddedTo && Document is null)
        {
            findings.Add(new InjectionFinding(
                FindingSeverity.Error,
                InjectionReason.AgentByHand,
                container!.Place.ToString(),
                "the agent of this pod was written by hand, or has been changed since it was injected, so nothing is added to it, and there are probes that do not ask it yet; move them by hand, or take the agent out and inject again"));
        }

        if (container is not null && !isOurs)
        {
            findings.Add(new InjectionFinding(
                FindingSeverity.Error,
                InjectionReason.NameTaken,
                container.Place.ToString(),
                $"a container of the pod is called '{AgentContainer.Name}', as the agent's is to be, and is no agent; give it another name"));
        }

        foreach (var other in template.Containers.Where(other => !Is(other)))
        {
            foreach (var port in other.Ports.Select(port => port.Port).Where(port => port is AgentContainer.Port or AgentContainer.AdminPort))
            {
                findings.Add(new InjectionFinding(
                    FindingSeverity.Error,
                    InjectionReason.PortTaken,
                    (other.Place / "ports").ToString(),
                    $"container '{other.Name}' declares port {port}, which the agent listens on; let the app listen on another one"));
            }
        }
    }
}
