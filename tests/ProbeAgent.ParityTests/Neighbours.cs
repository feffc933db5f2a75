using System.Net;
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

    public async ValueTask DisposeAsync()
    {
        await Plain.DisposeAsync();
        await Tls.DisposeAsync();
    }
}
