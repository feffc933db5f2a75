using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace ProbeAgent.Hosting;

/// <summary>Tells Kestrel that a connection is encrypted, and which protocol was agreed on.</summary>
internal sealed class TlsFeature(SslApplicationProtocol protocol) : ITlsConnectionFeature, ITlsApplicationProtocolFeature
{
    /// <inheritdoc/>
    public ReadOnlyMemory<byte> ApplicationProtocol => protocol.Protocol;

    /// <summary>Callers are not asked for a certificate.</summary>
    public X509Certificate2? ClientCertificate { get; set; }

    /// <inheritdoc/>
    public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult(ClientCertificate);
}
