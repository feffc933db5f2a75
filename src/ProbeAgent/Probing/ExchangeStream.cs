using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>The connection of one plain HTTP exchange.</summary>
internal sealed class ExchangeStream(Socket socket, Exchange exchange, HttpTraffic traffic) : SocketStream(socket, exchange)
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        traffic.Received(await base.ReadAsync(buffer, cancellationToken), buffer.Length);

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var isRequest = traffic.Send(buffer.Span);
        var writing = base.WriteAsync(buffer, cancellationToken);
        if (isRequest)
        {
            traffic.SentRequest(Socket);
        }

        return writing;
    }
}
