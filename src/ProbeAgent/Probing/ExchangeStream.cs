using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>
/// The connection of one HTTP exchange. Closing it resets: the exchange is over for us, and a reset leaves no TIME_WAIT
/// behind in a pod that is probed every second for years.
/// </summary>
internal sealed class ExchangeStream(Socket socket, Exchange exchange) : NetworkStream(socket, ownsSocket: false)
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await base.ReadAsync(buffer, cancellationToken);
        if (count > 0)
        {
            exchange.MarkBytes();
        }
        else if (buffer.Length > 0 && !exchange.HasFirstByte)
        {
            // An end before any byte makes the HTTP client ask again on its own, up to three times; how often an app is
            // asked is not its business.
            exchange.MarkHungUp();
            throw new IOException("the connection was closed without an answer");
        }

        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // A close without a time to linger is a reset.
            Socket.Close(0);
        }

        base.Dispose(disposing);
    }
}
