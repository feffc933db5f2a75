namespace ProbeAgent.Injection;

/// <summary>What the user wants of an injection.</summary>
internal sealed record InjectionOptions
{
    /// <summary>The agent's image, as in a container.</summary>
    public required string Image { get; init; }

    /// <summary>The mesh of the pods.</summary>
    public InjectedMesh Mesh { get; init; }

    /// <summary>The version of the cluster; null where it is not known, which counts as a recent one.</summary>
    public KubernetesVersion? Kubernetes { get; init; }

    /// <summary>True: probes at ports that the mesh does not capture stay as they are.</summary>
    public bool OnlyCaptured { get; init; }

    /// <summary>What becomes of lifecycle hooks of kind <c>httpGet</c>.</summary>
    public HookHandling Hooks { get; init; }

    /// <summary>The secret that the keys of moved hooks are derived from; needed with <see cref="HookHandling.Relay"/>.</summary>
    public string? HookKey { get; init; }

    /// <summary>How Prometheus is to find the agent.</summary>
    public PrometheusDiscovery Prometheus { get; init; }

    /// <summary>Where the pod template of a kind lies that is not known here, as keys with dots between: <c>spec.template</c>. Null: known kinds only.</summary>
    public string? TemplatePath { get; init; }
}
