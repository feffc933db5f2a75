using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProbeAgent.PodTests;

/// <summary>
/// The certificates of a mesh: its own authority, the sidecar's certificate, one of a peer in the mesh, and one that
/// another authority has given to somebody with the same name.
/// </summary>
internal sealed class MeshCertificates : IDisposable
{
    /// <summary>The name by which peers know the sidecar.</summary>
    public const string ServerName = "service-go.default.svc";

    private MeshCertificates(
        string folder, X509Certificate2 authority, X509Certificate2 peer, X509Certificate2 stranger)
    {
        ServerFile = Path.Combine(folder, "sidecar.pem");
        MeshAuthorityFile = Path.Combine(folder, "mesh-authority.pem");
        MeshAuthority = authority;
        MeshPeer = peer;
        Stranger = stranger;
    }

    /// <summary>Certificate and key of the sidecar.</summary>
    public string ServerFile { get; }

    /// <summary>The certificate of the mesh's authority.</summary>
    public string MeshAuthorityFile { get; }

    public X509Certificate2 MeshAuthority { get; }

    public X509Certificate2 MeshPeer { get; }

    /// <summary>A peer's certificate like any other, but of another mesh's authority.</summary>
    public X509Certificate2 Stranger { get; }

    /// <summary>Makes them all, and writes into the folder what the sidecar needs.</summary>
    public static MeshCertificates Create(string folder)
    {
        var authority = CreateAuthority("mesh");
        using var otherAuthority = CreateAuthority("another mesh");
        using var server = Issue(authority, "service-go");
        var certificates = new MeshCertificates(
            folder, authority, Issue(authority, "peer"), Issue(otherAuthority, "peer"));
        using var key = server.GetECDsaPrivateKey()!;
        File.WriteAllLines(
            certificates.ServerFile, [server.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem()]);
        File.WriteAllText(certificates.MeshAuthorityFile, authority.ExportCertificatePem());
        return certificates;
    }

    public void Dispose()
    {
        MeshAuthority.Dispose();
        MeshPeer.Dispose();
        Stranger.Dispose();
    }

    private static X509Certificate2 CreateAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"O={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddMinutes(-5), now.AddHours(1));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string serviceAccount)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={serviceAccount}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri($"spiffe://cluster.local/ns/default/sa/{serviceAccount}"));
        names.AddDnsName(ServerName);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }
}
