using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>What is known of the cluster that a deployment is for.</summary>
internal sealed record LintOptions
{
    /// <summary>The mesh of the pods. By the manifests' own signs where it is not said; without any the rules about meshes are silent.</summary>
    public InjectedMesh Mesh { get; init; }

    /// <summary>The version of the cluster; null where it is not known, which counts as a recent one.</summary>
    public KubernetesVersion? Kubernetes { get; init; }

    /// <summary>Where the pod template of a kind lies that is not known here: <c>spec.template</c>. Null: known kinds only.</summary>
    public string? TemplatePath { get; init; }
}
