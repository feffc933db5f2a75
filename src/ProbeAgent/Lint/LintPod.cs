using System.Text.Json;
using System.Text.Json.Nodes;
using ProbeAgent.Injection;
using ProbeAgent.Mesh;

namespace ProbeAgent.Lint;

/// <summary>A pod as the rules look at it.</summary>
internal sealed class LintPod
{
    /// <summary>The annotation that names rules which are not to be looked at.</summary>
    public const string IgnoreKey = "probe-agent/lint-ignore";

    private readonly JsonNode document;

    /// <param name="template">The pod.</param>
    /// <param name="document">The document that it is in.</param>
    /// <param name="deployment">What is deployed with it.</param>
    /// <param name="options">What is known of the cluster.</param>
    public LintPod(PodTemplate template, JsonNode document, LintedDeployment deployment, LintOptions options)
    {
        (Template, this.document, Kubernetes) = (template, document, options.Kubernetes);
        ConfigMaps = new ConfigMapLookup(template, deployment);
        Agent = PodAgent.Of(template, deployment);
        Mesh = MeshOf(template, deployment, options.Mesh) is { } mesh ? new PodMesh(mesh, template, deployment.PeerAuthentications) : null;
        Apps = [.. template.Containers.Where(container => container.Place.ToString() != Agent?.Container.Place.ToString() && !IsProxy(container))];
        Ignored = IgnoreAnnotations.SelectMany(annotation => annotation.Rules).ToHashSet();
    }

    /// <summary>Its manifest.</summary>
    public PodTemplate Template { get; }

    /// <summary>The cluster's version; null where it is not known.</summary>
    public KubernetesVersion? Kubernetes { get; }

    /// <summary>What its containers get from ConfigMaps.</summary>
    public ConfigMapLookup ConfigMaps { get; }

    /// <summary>Its mesh; null where it is in none, or that cannot be told.</summary>
    public PodMesh? Mesh { get; }

    /// <summary>Its agent; null where it has none.</summary>
    public PodAgent? Agent { get; }

    /// <summary>Its containers but for the agent and the mesh's proxy.</summary>
    public IReadOnlyList<PodContainer> Apps { get; }

    /// <summary>The rules that are not to be looked at.</summary>
    public IReadOnlySet<string> Ignored { get; }

    /// <summary>The annotations that say so, each with its place.</summary>
    public IEnumerable<(JsonPointer Place, IReadOnlyList<string> Rules)> IgnoreAnnotations =>
        from owner in new[] { WorkloadPlace, Template.Place }.DistinctBy(place => place.ToString())
        let place = owner / "metadata" / "annotations" / IgnoreKey
        where place.Find(document) is JsonValue
        select (place, (IReadOnlyList<string>)place.Find(document)!.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The probes of the apps, each of one kind.</summary>
    public IEnumerable<PodProbe> Probes => Apps.SelectMany(container => container.Probes).Where(probe => probe.Action is not null);

    /// <summary>Those that ask the agent's port of this pod.</summary>
    public IEnumerable<PodProbe> ProbesAtAgent => Probes.Where(probe => Agent is { } agent && PortOf(probe) == agent.Port);

    /// <summary>Those that ask the agent by a path of its own, with what they ask.</summary>
    public IEnumerable<(PodProbe Probe, AgentPath Path)> Questions =>
        from probe in ProbesAtAgent
        where probe.Ways[0] == "httpGet"
        let path = AgentPath.Parse(PathOf(probe.Action))
        where path is not null
        select (probe, path);

    /// <summary>Those that ask a port of the pod that is not the agent's.</summary>
    public IEnumerable<(PodProbe Probe, string Way, int Port)> DirectProbes =>
        from probe in Probes
        where probe.Ways[0] != "exec" && probe.Action.Text("host") is null or ""
        let port = PortOf(probe)
        where port is not null && port != Agent?.Port
        select (probe, probe.Ways[0], port.Value);

    /// <summary>Where the workload lies that makes the pod.</summary>
    public JsonPointer WorkloadPlace
    {
        get
        {
            var place = Template.Place;
            while (place.Steps.Count > 0 && !ReferenceEquals(place.Find(document), Template.Workload))
            {
                place = place.Parent;
            }

            return place;
        }
    }

    /// <summary>The path of an <c>httpGet</c>.</summary>
    public static string PathOf(JsonNode? action) => action.Text("path") is { Length: > 0 } path ? path.StartsWith('/') ? path : $"/{path}" : "/";

    /// <summary>The port that a probe asks; null where it asks none, or by a name that its container does not have.</summary>
    public static int? PortOf(PodProbe probe) => PortOf(probe.Container, probe.Action);

    /// <summary>The same of any action.</summary>
    public static int? PortOf(PodContainer container, JsonObject? action) =>
        action.Number("port") ?? (action.Text("port") is { } name
            ? container.Ports.Where(port => port.Name == name).Select(int? (port) => port.Port).FirstOrDefault()
            : null);

    /// <summary>True where a container is an init container that stays.</summary>
    public static bool IsNativeSidecar(PodContainer container) =>
        container.Place.Steps[^2] == "initContainers" && container.Node.Text("restartPolicy") == "Always";

    private static bool IsProxy(PodContainer container) => MeshConvention.All.Any(mesh => mesh.Proxy == container.Name);

    private static MeshConvention? MeshOf(PodTemplate template, LintedDeployment deployment, InjectedMesh given)
    {
        // No sidecar captures the node's own network.
        if (template.Spec?["hostNetwork"]?.GetValueKind() == JsonValueKind.True)
        {
            return null;
        }

        var meshes = given switch
        {
            InjectedMesh.Auto => MeshSigns.Of(template, deployment.Documents),
            InjectedMesh.None => (IReadOnlyList<MeshConvention>)[],
            _ => [.. MeshConvention.All.Where(mesh => mesh.Title == given.ToString())],
        };
        return meshes is [var mesh] && !MeshSigns.IsLeftAlone(template, mesh) ? mesh : null;
    }
}
