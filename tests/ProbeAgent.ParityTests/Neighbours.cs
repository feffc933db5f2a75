using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests;

/// <summary>The two other apps on the machine, for redirects to them: whatever they are asked, they answer 200.</summary>
internal sealed class Neighbours : IAsyncDisposable
{
    /// <summary>Plain HTTP.</summary>
    public HostileApp Plain { get; } = HostileApp.Start(IPAddress.IPv6Any, _ => Answer.Whole("HTTP/1.1 200 OK"));

    /// <summary>HTTPS, with a certificate that nobody knows.</summary>
    public HostileApp Tls { get; } =
        HostileApp.Start(IPAddress.IPv6Any, _ => Answer.Whole("HTTP/1.1 200 OK"), TlsFaces.Http1());

    /// <summary>
    /// Starts both. A first handshake pays for all that TLS loads, more than a case has time for: it is made here, and is no
    /// case.
    /// </summary>
    public static async Task<Neighbours> StartAsync()
    {
        var neighbours = new Neighbours();
        using var caller = new TcpClient("127.0.0.1", neighbours.Tls.Port);
#pragma warning disable CA5359 // Nobody knows the certificate.
        using var secured = new SslStream(caller.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await secured.AuthenticateAsClientAsync("app.example");
        await secured.WriteAsync("GET / HTTP/1.1\r\nHost: app.example\r\n\r\n"u8.ToArray());
        using var answer = new StreamReader(secured);
        await answer.ReadToEndAsync();
        return neighbours;
    }

    public async ValueTask DisposeAsync()
    {
        await Plain.DisposeAsync();
        await Tls.DisposeAsync();
    }
}
