using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests;

/// <summary>The two other apps on the machine, for redirects to them: whatever they are asked, they answer 200.</summary>
internal sealed class Neighbours : IAsyncDisposable
{
    private readonly X509Certificate2 certificate = SelfSigned();

    public Neighbours() => Tls = HostileApp.Start(IPAddress.IPv6Any, _ => Answer.Whole("HTTP/1.1 200 OK"), certificate);

    /// <summary>Plain HTTP.</summary>
    public HostileApp Plain { get; } = HostileApp.Start(IPAddress.IPv6Any, _ => Answer.Whole("HTTP/1.1 200 OK"));

    /// <summary>HTTPS, with a certificate that nobody knows.</summary>
    public HostileApp Tls { get; }

    public async ValueTask DisposeAsync()
    {
        await Plain.DisposeAsync();
        await Tls.DisposeAsync();
        certificate.Dispose();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=app.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
