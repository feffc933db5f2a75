using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProbeAgent.BlackBoxTests.Tls;

/// <summary>A certificate authority that lives as long as a test.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 certificate;

    /// <summary>Makes one of that common name, valid from ten years ago for twenty years.</summary>
    public TestAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        certificate = request.CreateSelfSigned(Now.AddYears(-10), Now.AddYears(10));
    }

    /// <summary>The wall clock, in whole seconds as certificates have it.</summary>
    public static DateTimeOffset Now { get; } = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>Its certificate, as a caFile has it.</summary>
    public string Pem => certificate.ExportCertificatePem() + "\n";

    /// <summary>A server's certificate that this authority has signed, for DNS names and addresses, valid around now.</summary>
    public X509Certificate2 Issue(params string[] names) => Issue(Now.AddDays(-1), Now.AddDays(1), names);

    /// <summary>As above, valid between two times.</summary>
    public X509Certificate2 Issue(DateTimeOffset from, DateTimeOffset until, params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = ForServer(key, names);
        using var signed = request.Create(certificate, from, until, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>A server's certificate that nobody but itself has signed.</summary>
    public static X509Certificate2 SelfSigned(params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ForServer(key, names).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
    }

    public void Dispose() => certificate.Dispose();

    private static CertificateRequest ForServer(ECDsa key, string[] names)
    {
        var request = new CertificateRequest("CN=the app", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, false));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        if (names.Length > 0)
        {
            var alternatives = new SubjectAlternativeNameBuilder();
            foreach (var name in names)
            {
                if (IPAddress.TryParse(name, out var address))
                {
                    alternatives.AddIpAddress(address);
                }
                else
                {
                    alternatives.AddDnsName(name);
                }
            }

            request.CertificateExtensions.Add(alternatives.Build());
        }

        return request;
    }
}
