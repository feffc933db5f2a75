using k8s;
using k8s.Models;

namespace ProbeAgent.ManifestTests;

// The part of cert-manager's resources that the chart uses, by hand from its API (cert-manager.io/v1). What is not here is refused by the
// strict reader, as the API server refuses an unknown field.

/// <summary>Who signs certificates in its namespace.</summary>
public sealed class Issuer : KubernetesObject, IMetadata<V1ObjectMeta>
{
    /// <summary>Its name.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>The wish.</summary>
    public IssuerSpec? Spec { get; set; }
}

/// <summary>The wish of an <see cref="Issuer"/>: one of the two.</summary>
public sealed class IssuerSpec
{
    /// <summary>Each certificate signs itself.</summary>
    public SelfSignedIssuer? SelfSigned { get; set; }

    /// <summary>An authority signs them.</summary>
    public AuthorityIssuer? Ca { get; set; }
}

/// <summary>It needs to know nothing.</summary>
public sealed class SelfSignedIssuer;

/// <summary>An authority that lies in a secret.</summary>
public sealed class AuthorityIssuer
{
    /// <summary>The secret's name.</summary>
    public string? SecretName { get; set; }
}

/// <summary>A certificate that is to be, and to be renewed.</summary>
public sealed class Certificate : KubernetesObject, IMetadata<V1ObjectMeta>
{
    /// <summary>Its name.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>The wish.</summary>
    public CertificateSpec? Spec { get; set; }
}

/// <summary>The wish of a <see cref="Certificate"/>.</summary>
public sealed class CertificateSpec
{
    /// <summary>True for an authority.</summary>
    public bool IsCA { get; set; }

    /// <summary>What it is called.</summary>
    public string? CommonName { get; set; }

    /// <summary>The names that it is good for.</summary>
    public IList<string>? DnsNames { get; init; }

    /// <summary>Where it is written to.</summary>
    public string? SecretName { get; set; }

    /// <summary>How long it is good, as <c>87600h</c>.</summary>
    public string? Duration { get; set; }

    /// <summary>Of what kind its key is.</summary>
    public CertificateKey? PrivateKey { get; set; }

    /// <summary>Who signs it.</summary>
    public CertificateIssuer? IssuerRef { get; set; }
}

/// <summary>The kind of a key.</summary>
public sealed class CertificateKey
{
    /// <summary>The algorithm.</summary>
    public string? Algorithm { get; set; }

    /// <summary>In bits.</summary>
    public int Size { get; set; }
}

/// <summary>Who signs a <see cref="Certificate"/>.</summary>
public sealed class CertificateIssuer
{
    /// <summary>Empty for cert-manager's own kinds.</summary>
    public string? Group { get; set; }

    /// <summary>Issuer, of the same namespace, or ClusterIssuer.</summary>
    public string? Kind { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }
}
