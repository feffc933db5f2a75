using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>
/// The connection of one exchange, before any TLS. Closing it resets: the exchange is over for us, and a reset leaves no
/// TIME_WAIT behind in a pod that is probed every second for years.
/// </summary>
internal class SocketStream(Socket socket, Exchange exchange) : NetworkStream(socket, ownsSocket: false)
{
    // More than any answer that is read to its end, with a handshake before it. An app that pours out bytes keeps the agent busy,
    // which is no lack of CPU.
    private const int LongestAnswer = 128 * 1024;

    // Sockets have one thread, and an app that always has more to say must not keep it from the others.
    private const int ReadsInOneGo = 32;

    private int received;
    private int reads;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            exchange.Question.Deadline.Turns.AwaitData(Socket);
            var count = await base.ReadAsync(buffer, cancellationToken);
            received = Math.Min(received + count, LongestAnswer);
            if (received < LongestAnswer)
            {
                exchange.Question.Deadline.Turns.MeetData(Socket, isEnd: count == 0);
            }

            if (received == LongestAnswer || ++reads % ReadsInOneGo == 0)
            {
                await Task.Yield();
            }

            exchange.MarkReceived(buffer.Span[..count]);
            if (count == 0 && buffer.Length > 0)
            {
                exchange.MarkEnd();
            }

            return count;
        }
        catch (IOException exception) when (IsReset(exception))
        {
            exchange.MarkReset();
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await base.WriteAsync(buffer, cancellationToken);
        }
        catch (IOException exception) when (IsReset(exception))
        {
            exchange.MarkReset();
            throw;
        }
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

    private static bool IsReset(IOException exception) => exception.InnerException is SocketException
    {
        SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown,
    };
}
