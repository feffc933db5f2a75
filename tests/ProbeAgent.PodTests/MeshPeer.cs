using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace ProbeAgent.PodTests;

/// <summary>
/// A client of the app that comes as the mesh's sidecars do: mutual TLS with the protocol name <c>istio</c>.
/// </summary>
internal sealed class MeshPeer(NetworkNamespace network, MeshCertificates certificates)
{
    /// <summary>
    /// Asks for the app's status with that certificate, or with none; returns the code, or what TLS said instead.
    /// </summary>
    public async Task<string> GetStatusAsync(X509Certificate2? certificate)
    {
        using var deadline = new CancellationTokenSource(PodProcess.Patience);
        using var socket = network.OpenSocket(AddressFamily.InterNetwork);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(Pod.Address), ServiceGo.Port), deadline.Token);
        await using var stream = new SslStream(new NetworkStream(socket));
        try
        {
            await stream.AuthenticateAsClientAsync(Options(certificate), deadline.Token);

            // With TLS 1.3 the server judges the certificate only after the client's side is done.
            var answer = await RawHttp.GetAsync(stream, Pod.Address, "/status", deadline.Token);
            return $"{answer.StatusCode}";
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            return e.GetBaseException().Message;
        }
    }

    private SslClientAuthenticationOptions Options(X509Certificate2? certificate)
    {
        var onlyThisMesh = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        onlyThisMesh.CustomTrustStore.Add(certificates.MeshAuthority);
        return new SslClientAuthenticationOptions
        {
            TargetHost = MeshCertificates.ServerName,
            ApplicationProtocols = [new SslApplicationProtocol("istio")],
            CertificateChainPolicy = onlyThisMesh,

            // A context is sent whatever authorities the server names: a stranger shows what it has.
            ClientCertificateContext =
                certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
        };
    }
}
