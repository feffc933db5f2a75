using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProbeAgent.Tests.Probing.Wire;

/// <summary>A certificate authority of a test, and what it signs.</summary>
internal sealed class TestAuthority
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";

    private readonly X509SignatureGenerator generator;

    private TestAuthority(X509Certificate2 certificate)
    {
        Certificate = certificate;
        generator = X509SignatureGenerator.CreateForECDsa(certificate.GetECDsaPrivateKey()!);
    }

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Its own certificate.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>A new one, self-signed.</summary>
    public static TestAuthority Create(string name = "CN=Test CA", bool isExpired = false)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = AuthorityRequest(name, key);
        return new TestAuthority(request.CreateSelfSigned(Now.AddDays(-9), Now.AddDays(isExpired ? -2 : 9)));
    }

    /// <summary>A new one that gives no identifier of its key: a certificate of it can be told by the authority's name only.</summary>
    public static TestAuthority WithoutKeyIdentifier()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return new TestAuthority(request.CreateSelfSigned(Now.AddDays(-9), Now.AddDays(9)));
    }

    /// <summary>One that signs with any certificate that has its key.</summary>
    public static TestAuthority Of(X509Certificate2 certificate) => new(certificate);

    /// <summary>An authority below this one.</summary>
    public TestAuthority Below(string name)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Sign(AuthorityRequest(name, key), Now.AddDays(-9), Now.AddDays(9));
        return new TestAuthority(signed.CopyWithPrivateKey(key));
    }

    /// <summary>A server's certificate.</summary>
    /// <param name="names">Names and addresses of its SANs; none for a certificate without.</param>
    /// <param name="from">From when; null for yesterday.</param>
    /// <param name="to">Until when; null for tomorrow.</param>
    /// <param name="use">The extended key usage.</param>
    /// <param name="like">The authority whose key it claims to be signed with; null for this one.</param>
    public X509Certificate2 Issue(
        string[] names, DateTimeOffset? from = null, DateTimeOffset? to = null, string use = ServerUse, X509Certificate2? like = null)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = names.Length == 0 ? "CN=common.example.com" : "CN=server";
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        if (like is not null || Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any())
        {
            request.CertificateExtensions.Add(
                X509AuthorityKeyIdentifierExtension.CreateFromCertificate(like ?? Certificate, true, false));
        }

        if (names.Length > 0)
        {
            request.CertificateExtensions.Add(San(names));
        }

        using var signed = Sign(request, from ?? Now.AddDays(-1), to ?? Now.AddDays(1));
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>A server's certificate that nobody else has signed.</summary>
    public static X509Certificate2 SelfSigned(params string[] names)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=alone", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(San(names));
        return request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
    }

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset from, DateTimeOffset to) =>
        request.Create(Certificate.SubjectName, generator, from, to, RandomNumberGenerator.GetBytes(8));

    private static CertificateRequest AuthorityRequest(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static X509Extension San(string[] names)
    {
        var san = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                san.AddIpAddress(address);
            }
            else
            {
                san.AddDnsName(name);
            }
        }

        return san.Build();
    }
}
