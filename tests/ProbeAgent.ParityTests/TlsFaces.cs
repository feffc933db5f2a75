using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProbeAgent.ParityTests;

/// <summary>How an app may speak TLS.</summary>
internal static class TlsFaces
{
#pragma warning disable CA5398 // What an app does that has only the one is what is asked here.
    private const SslProtocols Tls12 = SslProtocols.Tls12;
    private const SslProtocols Tls13 = SslProtocols.Tls13;
#pragma warning restore CA5398

    /// <summary>A certificate that nobody knows.</summary>
    public static X509Certificate2 SelfSigned { get; } = Certificate(
        ECDsa.Create(ECCurve.NamedCurves.nistP256), notBefore: TimeSpan.FromDays(-1), notAfter: TimeSpan.FromDays(1));

    /// <summary>With HTTP/1.1 inside, and a certificate that nobody knows.</summary>
    public static SslServerAuthenticationOptions Http1() => Of(SelfSigned, SslApplicationProtocol.Http11);

    /// <summary>With HTTP/2 inside.</summary>
    public static SslServerAuthenticationOptions Http2() => Of(SelfSigned, SslApplicationProtocol.Http2);

    /// <summary>With that certificate, and of the protocols inside the first that the client offers too; none without any.</summary>
    public static SslServerAuthenticationOptions Of(X509Certificate2 certificate, params SslApplicationProtocol[] protocols) => new()
    {
        ServerCertificate = certificate,
        ApplicationProtocols = protocols.Length == 0 ? null : [.. protocols],
    };

    /// <summary>With those protocols inside.</summary>
    public static SslServerAuthenticationOptions Speaking(params SslApplicationProtocol[] protocols) => Of(SelfSigned, protocols);

    /// <summary>In TLS 1.2 only.</summary>
    public static SslServerAuthenticationOptions InTls12() => In(Tls12, SelfSigned);

    /// <summary>In TLS 1.3 only.</summary>
    public static SslServerAuthenticationOptions InTls13() => In(Tls13, SelfSigned);

    /// <summary>With that one cipher suite of TLS 1.2 only, and a certificate of the kind that it needs.</summary>
    public static SslServerAuthenticationOptions With(TlsCipherSuite suite, X509Certificate2 certificate)
    {
        var face = In(Tls12, certificate);
        face.CipherSuitesPolicy = new CipherSuitesPolicy([suite]);
        return face;
    }

    /// <summary>That asks for a client's certificate, and goes on without one or not.</summary>
    public static SslServerAuthenticationOptions AskingForCertificates(bool goesOn)
    {
        var face = Http1();
        face.ClientCertificateRequired = true;
        face.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null || goesOn;
        return face;
    }

    /// <summary>A certificate that vouches for itself.</summary>
    public static X509Certificate2 Certificate(
        AsymmetricAlgorithm key, TimeSpan notBefore, TimeSpan notAfter, params string[] names)
    {
        using var _ = key;
        var request = key switch
        {
            ECDsa curve => new CertificateRequest("CN=app.example", curve, HashAlgorithmName.SHA256),
            RSA rsa => new CertificateRequest("CN=app.example", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            _ => throw new ArgumentOutOfRangeException(nameof(key), key, "neither ECDSA nor RSA"),
        };
        if (names.Length > 0)
        {
            var list = new SubjectAlternativeNameBuilder();
            Array.ForEach(names, list.AddDnsName);
            request.CertificateExtensions.Add(list.Build());
        }

        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now + notBefore, now + notAfter);
    }

    private static SslServerAuthenticationOptions In(SslProtocols version, X509Certificate2 certificate)
    {
        var face = Of(certificate, SslApplicationProtocol.Http11);
        face.EnabledSslProtocols = version;
        return face;
    }
}
