using System.Text;

namespace ProbeAgent.Hosting;

/// <summary>What the two files of a certificate say.</summary>
internal sealed record CertificateTexts(string CertificateFile, string Certificate, string KeyFile, string Key)
{
    // Far more than a chain of any length that a handshake could send.
    private const int MaxBytes = 256 * 1024;

    /// <summary>Reads both, or says in a sentence why it cannot.</summary>
    public static (CertificateTexts? Texts, string? Mistake) Read(string certificateFile, string keyFile)
    {
        var (certificate, mistake) = Read(certificateFile);
        var (key, mistakeOfKey) = Read(keyFile);
        return (mistake ?? mistakeOfKey) is { } either
            ? (null, either)
            : (new CertificateTexts(certificateFile, certificate, keyFile, key), null);
    }

    private static (string Text, string? Mistake) Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var bytes = new byte[MaxBytes + 1];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return count > MaxBytes
                ? ("", $"{file} is larger than {MaxBytes} bytes, so it is no certificate and no key")
                : (Encoding.UTF8.GetString(bytes, 0, count), null);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return ("", $"{file} is not there; mount the secret with the webhook's certificate, or name the file by --tls-cert-file and --tls-key-file");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ("", $"{file} cannot be read: {exception.Message}");
        }
    }
}
