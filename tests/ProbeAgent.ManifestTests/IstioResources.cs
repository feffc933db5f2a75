using k8s;
using k8s.Models;

namespace ProbeAgent.ManifestTests;

// The part of Istio's resources that the manifests use, by hand from its API (security/v1, networking/v1). What is not
// here is refused by the strict reader, as the API server refuses an unknown field.

/// <summary>Which connections the sidecars of the selected pods accept.</summary>
public sealed class PeerAuthentication : KubernetesObject, IMetadata<V1ObjectMeta>
{
    /// <summary>Its name.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>The wish.</summary>
    public PeerAuthenticationSpec? Spec { get; set; }
}

/// <summary>The wish of a <see cref="PeerAuthentication"/>.</summary>
public sealed class PeerAuthenticationSpec
{
    /// <summary>Which pods.</summary>
    public PodSelector? Selector { get; set; }

    /// <summary>How.</summary>
    public PeerMutualTls? Mtls { get; set; }
}

/// <summary>Istio's selector: it knows labels only.</summary>
public sealed class PodSelector
{
    /// <summary>Labels that a pod must have.</summary>
    public IDictionary<string, string>? MatchLabels { get; init; }
}

/// <summary>What is accepted.</summary>
public sealed class PeerMutualTls
{
    /// <summary>The mode.</summary>
    public PeerMutualTlsMode Mode { get; set; }
}

/// <summary>The modes of a server's side.</summary>
public enum PeerMutualTlsMode
{
    /// <summary>Not said: the namespace's or the mesh's.</summary>
    UNSET,

    /// <summary>Plaintext only.</summary>
    DISABLE,

    /// <summary>Both.</summary>
    PERMISSIVE,

    /// <summary>With a certificate of the mesh only.</summary>
    STRICT,
}

/// <summary>How the sidecars of callers speak to a host.</summary>
public sealed class DestinationRule : KubernetesObject, IMetadata<V1ObjectMeta>
{
    /// <summary>Its name.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>The wish.</summary>
    public DestinationRuleSpec? Spec { get; set; }
}

/// <summary>The wish of a <see cref="DestinationRule"/>.</summary>
public sealed class DestinationRuleSpec
{
    /// <summary>The service's name.</summary>
    public string? Host { get; set; }

    /// <summary>How connections to it are made.</summary>
    public TrafficPolicy? TrafficPolicy { get; set; }
}

/// <summary>How connections are made.</summary>
public sealed class TrafficPolicy
{
    /// <summary>Their TLS.</summary>
    public ClientTls? Tls { get; set; }
}

/// <summary>The TLS of a caller's side.</summary>
public sealed class ClientTls
{
    /// <summary>The mode.</summary>
    public ClientTlsMode Mode { get; set; }
}

/// <summary>The modes of a caller's side.</summary>
public enum ClientTlsMode
{
    /// <summary>No TLS.</summary>
    DISABLE,

    /// <summary>TLS without a certificate of the caller.</summary>
    SIMPLE,

    /// <summary>TLS with a certificate that the rule names.</summary>
    MUTUAL,

    /// <summary>TLS with the certificate that Istio gave the sidecar.</summary>
    ISTIO_MUTUAL,
}
