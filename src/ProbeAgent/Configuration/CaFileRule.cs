using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ProbeAgent.Configuration;

/// <summary>Reads the certificate authorities of a check, once.</summary>
internal static class CaFileRule
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>What is in the file. Where a document is looked at on another machine, a file that is missing has no certificates.</summary>
    public static Judged<CaFile> Read(string path, Surroundings surroundings)
    {
        if (!path.StartsWith('/') || path.Any(char.IsControl))
        {
            return Judged<CaFile>.No("is not an absolute path; write it from the root, as in '/etc/app-tls/ca.crt'");
        }

        if (!surroundings.HasTls() || (!surroundings.IsThePod && !Path.Exists(path)))
        {
            return Judged<CaFile>.Right(new CaFile(path, []));
        }

        try
        {
            if (Directory.Exists(path))
            {
                return Judged<CaFile>.No("is a folder; name the file in it");
            }

            if (ReadText(path) is not { } text)
            {
                return Judged<CaFile>.No("is larger than 1 MiB; write only the authorities in it that sign the app's certificate");
            }

            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(text);
            return certificates.Count == 0
                ? Judged<CaFile>.No("has no certificate in it; it must be PEM: '-----BEGIN CERTIFICATE-----'")
                : Judged<CaFile>.Right(new CaFile(path, certificates));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Judged<CaFile>.No("is not there; mount it, or leave caFile out (the kubelet verifies no certificate)");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Judged<CaFile>.No($"cannot be read: {exception.Message}");
        }
        catch (CryptographicException)
        {
            return Judged<CaFile>.No("has a certificate in it that cannot be read; it must be PEM");
        }
    }

    private static string? ReadText(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[MaxBytes + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length > MaxBytes ? null : Encoding.ASCII.GetString(bytes, 0, length);
    }
}
