using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProbeAgent.Probing;

/// <summary>TLS as the kubelet's client (Go's <c>crypto/tls</c>) begins it. Without authorities no certificate is looked at.</summary>
/// <param name="protocols">What is offered by ALPN, in this order.</param>
/// <param name="authorities">Whose certificates are believed; null for everybody's.</param>
/// <param name="configuredHost">A configured <c>Host</c>, for which a certificate may be as well; null where there is none.</param>
/// <param name="timeProvider">Says whether a certificate is expired.</param>
internal sealed class TlsHandshake(
    IReadOnlyList<SslApplicationProtocol> protocols, Authorities? authorities, string? configuredHost, TimeProvider timeProvider)
{
    // RFC 5280, 4.2.1.12: id-kp-serverAuth.
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // Those of Go's client (crypto/tls, cipherSuitesPreferenceOrder); .NET's own list lacks some that apps still have alone.
    // Made at the first use: without OpenSSL making it would end the process.
#pragma warning disable CA1416 // OpenSSL has it; this program runs on Linux only.
    private static readonly Lazy<CipherSuitesPolicy> Suites = new(static () => new CipherSuitesPolicy(
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
    ]));
#pragma warning restore CA1416

    /// <summary>One that offers both versions of HTTP, HTTP/2 first, as Go's client does.</summary>
    public static TlsHandshake ForHttp(Authorities? authorities, string? configuredHost, TimeProvider timeProvider) =>
        new([SslApplicationProtocol.Http2, SslApplicationProtocol.Http11], authorities, configuredHost, timeProvider);

    /// <summary>Secures a connection. What is wrong with a certificate is said to the exchange.</summary>
    public async Task DoAsync(SslStream connection, string dialledHost, Exchange exchange, CancellationToken cancellationToken)
    {
        var name = HostOf(dialledHost);
        exchange.MarkHandshake();
        await connection.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                // Go names no address in SNI, and never takes a Host header for it.
                TargetHost = IPAddress.TryParse(name, out _) ? "" : name,
                ApplicationProtocols = [.. protocols],
                // Each question is asked of the app as it is now, not as it was when it gave out a ticket.
                AllowTlsResume = false,
#pragma warning disable CA1416 // As above.
                CipherSuitesPolicy = Suites.Value,
#pragma warning restore CA1416
                CertificateChainPolicy = Policy(authorities),
                RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                    authorities is null || IsBelieved(certificate, chain, authorities, name, exchange),
            },
            cancellationToken);
        exchange.MarkSecured();
    }

    /// <summary>The host of <c>web:8443</c> or <c>[::1]:8443</c>, without port and brackets.</summary>
    private static string HostOf(string authority) =>
        authority.StartsWith('[') ? authority[1..].Split(']')[0] : authority.Split(':')[0];

    // A certificate may name a place where its issuer's is to be had; nothing of it leaves the pod.
    private X509ChainPolicy Policy(Authorities? believed)
    {
        var policy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            VerificationTime = timeProvider.GetUtcNow().UtcDateTime,
        };
        policy.CustomTrustStore.AddRange(believed?.Certificates ?? []);
        return policy;
    }

    // OpenSSL takes the first authority of a name; Go tries each. While an authority is renewed, both are in the file.
    private bool IsBelievedBy(Authorities one, X509Certificate2 leaf, X509Chain built, IReadOnlyList<string> asked, IPAddress address)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(one) };
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        chain.ChainPolicy.ExtraStore.AddRange(built.ChainPolicy.ExtraStore);
        chain.Build(leaf);
        return CertificateRule.Fault(leaf, chain, one, asked, address) is null;
    }

    private bool IsBelieved(X509Certificate? certificate, X509Chain? chain, Authorities believed, string name, Exchange exchange)
    {
        if (certificate is not X509Certificate2 leaf || chain is null)
        {
            return false;
        }

        var asked = configuredHost is null ? [name] : (string[])[HostOf(configuredHost), name];
        var address = exchange.Peer!.Address;
        if (CertificateRule.Fault(leaf, chain, believed, asked, address) is { } fault
            && !believed.NamesakesOf(chain).Any(one => IsBelievedBy(one, leaf, chain, asked, address)))
        {
            exchange.MarkCertificate(fault);
            return false;
        }

        return true;
    }
}
