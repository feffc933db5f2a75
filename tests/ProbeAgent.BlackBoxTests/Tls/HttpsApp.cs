using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.BlackBoxTests.Tls;

/// <summary>An app that speaks HTTPS in HTTP/1.1, at 127.0.0.1.</summary>
public static class HttpsApp
{
    /// <summary>Starts one that is well.</summary>
    public static HostileApp Start(X509Certificate2 certificate) => Start(certificate, "HTTP/1.1 200 OK");

    /// <summary>Starts one that answers with this status line.</summary>
    public static HostileApp Start(X509Certificate2 certificate, string statusLine) =>
        HostileApp.Start(
            IPAddress.Loopback,
            _ => Answer.Whole(statusLine),
            new SslServerAuthenticationOptions { ServerCertificate = certificate });
}
