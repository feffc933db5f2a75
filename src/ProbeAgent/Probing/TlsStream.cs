using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ProbeAgent.Probing;

/// <summary>The connection of one HTTP exchange over TLS. It counts what is decrypted: records of TLS are no answer.</summary>
internal sealed class TlsStream(SocketStream transport, HttpTraffic traffic) : SslStream(transport)
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return traffic.Received(await base.ReadAsync(buffer, cancellationToken), buffer.Length);
        }
        catch (IOException exception) when (exception.InnerException is { } inner and not (SocketException or IOException))
        {
            // With TLS 1.3 an app that wants a certificate of ours says so only after the handshake.
            throw new AuthenticationException(exception.Message, inner);
        }
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var isRequest = traffic.Send(buffer.Span);
        var writing = base.WriteAsync(buffer, cancellationToken);
        if (isRequest)
        {
            traffic.SentRequest(transport.Socket);
        }

        return writing;
    }
}
