using k8s;
using k8s.Models;

namespace ProbeAgent.ManifestTests;

/// <summary>A resource of another project, of which no more is held than that it is one: its kind, its metadata, and that all else is in its spec.</summary>
public sealed class ForeignResource : KubernetesObject, IMetadata<V1ObjectMeta>
{
    /// <summary>Its name.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>The wish.</summary>
    public IDictionary<string, object>? Spec { get; init; }
}
