using k8s.Models;

namespace ProbeAgent.ManifestTests;

/// <summary>A pod template that holds the agent, as the rules look at it.</summary>
/// <param name="template">It.</param>
/// <param name="isMeshed">False where the pod is shown to be in no mesh, which then has nothing to be told.</param>
internal sealed class AgentPod(V1PodTemplateSpec template, bool isMeshed = true)
{
    /// <summary>The agent's public port.</summary>
    public const int Port = 15081;

    private const string AgentName = "probe-agent";

    /// <summary>What is to run before the app, in order.</summary>
    public IList<V1Container> InitContainers { get; } = template.Spec.InitContainers ?? [];

    /// <summary>The containers besides the agent.</summary>
    public IReadOnlyList<V1Container> Apps { get; } =
        [.. (template.Spec.Containers ?? []).Where(container => container.Name != AgentName)];

    /// <summary>The agent's container.</summary>
    public V1Container Agent { get; } =
        (template.Spec.InitContainers ?? []).Concat(template.Spec.Containers ?? [])
            .Single(container => container.Name == AgentName);

    /// <summary>An annotation of the pod, or null.</summary>
    public string? Annotation(string name) =>
        template.Metadata?.Annotations?.TryGetValue(name, out var value) == true ? value : null;

    /// <summary>True where the mesh does not capture the agent's port, or there is none.</summary>
    public bool IsPortLeftOut => !isMeshed || Meshes.Any(mesh => Annotation(mesh.ExcludedPorts) == $"{Port}");

    /// <summary>True where the mesh leaves the probes as they are, or there is none.</summary>
    public bool AreProbesLeftAlone => !isMeshed || Meshes.Any(mesh => mesh.Rewriting is null || Annotation(mesh.Rewriting) == mesh.NoRewriting);

    /// <summary>The port that the one check asks, where a variable names it, or null.</summary>
    public int? TargetPort =>
        Variable("PROBEAGENT_TARGET")?.Split("//")[^1].Split('/')[0].Split(':') is [.., var port] && int.TryParse(port, out var number) ? number : null;

    // Those that it says something to.
    private IEnumerable<MeshAnnotations> Meshes =>
        MeshAnnotations.All.Where(mesh => Annotation(mesh.ExcludedPorts) is not null || (mesh.Rewriting is { } rewriting && Annotation(rewriting) is not null));

    /// <summary>A variable of the agent, or null.</summary>
    public string? Variable(string name) => Agent.Env?.SingleOrDefault(variable => variable.Name == name)?.Value;

    /// <summary>A resource request or limit of the agent, or null.</summary>
    public static string? Quantity(IDictionary<string, ResourceQuantity>? quantities, string name) =>
        quantities?.TryGetValue(name, out var value) == true ? value.ToString() : null;

    /// <summary>True where a probe is an HTTP request to the agent at this path.</summary>
    public static bool Asks(V1Probe? probe, string path) =>
        probe?.HttpGet is { Host: null } request && request.Path == path && request.Port.Value == $"{Port}";

    /// <summary>What it is told by a document, or null where by variables alone.</summary>
    public AgentDocument? Document =>
        Variable("PROBEAGENT_CONFIG_YAML") is { } yaml ? AgentDocument.Parse(yaml) : null;

    /// <summary>True where a probe of the app asks the agent for what speaks for it, by its container's path or, where it is alone, the short one.</summary>
    public bool IsAnswered(V1Container app, V1Probe? probe, ProbeWord word) =>
        Document is not { } document
            ? Asks(probe, $"/{word.Endpoint}")
            : document.ChecksOf(app.Name).Any(check => check.Probes.Contains(word.Name))
                && (Asks(probe, $"/app-health/{app.Name}/{word.Endpoint}") || (Apps.Count == 1 && Asks(probe, $"/{word.Endpoint}")));

    /// <summary>True where the app has such a probe and its timeout is the one that the agent was told.</summary>
    public bool SharesTimeout(V1Container app, V1Probe? probe, ProbeWord word) =>
        probe is not null && (Document is not { } document
            ? $"{probe.TimeoutSeconds ?? 1}" == (Variable("PROBEAGENT_TIMEOUT_SECONDS") ?? "1")
            : document.ChecksOf(app.Name).Where(check => check.Probes.Contains(word.Name))
                .All(check => (check.TimeoutSeconds ?? 1) == (probe.TimeoutSeconds ?? 1)));

    /// <summary>True where every HTTP hook of the app is one that the agent passes on.</summary>
    public bool PassesOnHooks(V1Container app) =>
        new[] { (Hook: "preStop", app.Lifecycle?.PreStop?.HttpGet), (Hook: "postStart", app.Lifecycle?.PostStart?.HttpGet) }
            .Where(hook => hook.HttpGet is not null)
            .All(hook => hook.HttpGet!.Port.Value == $"{Port}" && Document?.HookPaths.Contains(hook.HttpGet.Path) == true
                && hook.HttpGet.Path.StartsWith($"/app-lifecycle/{app.Name}/{hook.Hook}?", StringComparison.Ordinal));

    /// <summary>
    /// What the kubelet sends to the other containers: every probe but commands. A mesh rewrites all of them or none.
    /// </summary>
    public IEnumerable<V1Probe> KubeletProbes =>
        Apps.Concat(InitContainers.Where(container => container != Agent))
            .SelectMany(app => new[] { app.LivenessProbe, app.ReadinessProbe, app.StartupProbe })
            .OfType<V1Probe>()
            .Where(probe => probe.Exec is null);
}
