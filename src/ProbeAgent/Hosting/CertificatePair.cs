using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProbeAgent.Hosting;

/// <summary>A certificate with its private key, and the files' texts that it was made of.</summary>
/// <param name="Context">For handshakes. It is never disposed of: connections outlive its replacement.</param>
/// <param name="NotAfter">Until when it is valid.</param>
/// <param name="Texts">What the two files said.</param>
internal sealed record CertificatePair(SslStreamCertificateContext Context, DateTimeOffset NotAfter, CertificateTexts Texts)
{
    /// <summary>Makes it, or says in a sentence why it cannot be.</summary>
    public static (CertificatePair? Pair, string? Mistake) Of(CertificateTexts texts)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(texts.Certificate);
        }
        catch (CryptographicException exception)
        {
            return (null, $"{texts.CertificateFile} has a certificate that cannot be read: {exception.Message}");
        }

        if (chain.Count == 0)
        {
            return (null, $"{texts.CertificateFile} has no certificate in it; PEM is wanted, beginning with '-----BEGIN CERTIFICATE-----'");
        }

        try
        {
            var leaf = X509Certificate2.CreateFromPem(texts.Certificate, texts.Key);
            chain.RemoveAt(0);

            // Offline: what is not in the file is not looked for on the network.
            return (new CertificatePair(SslStreamCertificateContext.Create(leaf, chain, offline: true), leaf.NotAfter, texts), null);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return (null, texts.Key.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
                ? $"the key in {texts.KeyFile} does not belong to the certificate in {texts.CertificateFile}, or cannot be read: {exception.Message}"
                : $"{texts.KeyFile} has no private key in it; PEM without a password is wanted, beginning with '-----BEGIN PRIVATE KEY-----'");
        }
    }
}
