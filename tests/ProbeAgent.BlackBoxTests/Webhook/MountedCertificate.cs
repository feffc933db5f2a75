using System.Security.Cryptography.X509Certificates;

namespace ProbeAgent.BlackBoxTests.Webhook;

/// <summary>A secret of type <c>kubernetes.io/tls</c> as the kubelet mounts it: a new version is a new folder, and one rename of a link.</summary>
public sealed class MountedCertificate : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("probe-agent-");
    private int version;

    /// <summary>Links the two files to whatever the current version is.</summary>
    public MountedCertificate()
    {
        File.CreateSymbolicLink(CertificateFile, "..data/tls.crt");
        File.CreateSymbolicLink(KeyFile, "..data/tls.key");
    }

    /// <summary>The certificate.</summary>
    public string CertificateFile => Path.Combine(folder.FullName, "tls.crt");

    /// <summary>Its key.</summary>
    public string KeyFile => Path.Combine(folder.FullName, "tls.key");

    /// <summary>Mounts another pair.</summary>
    public void Swap(X509Certificate2 certificate) => Swap(certificate, certificate);

    /// <summary>Mounts a certificate with the key of another one.</summary>
    public void Swap(X509Certificate2 certificate, X509Certificate2 keyOf)
    {
        var name = $"..{++version}";
        var next = folder.CreateSubdirectory(name);
        File.WriteAllText(Path.Combine(next.FullName, "tls.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(next.FullName, "tls.key"), keyOf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var link = Path.Combine(folder.FullName, "..data_tmp");
        File.CreateSymbolicLink(link, name);
        ProbeAgent.Lab.Command.Run("mv", "-T", link, Path.Combine(folder.FullName, "..data"));
    }

    public void Dispose() => folder.Delete(recursive: true);
}
