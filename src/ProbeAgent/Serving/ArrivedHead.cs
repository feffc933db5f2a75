using System.Net.Sockets;

namespace ProbeAgent.Serving;

/// <summary>Looks at what has come over a connection without taking it away.</summary>
internal static class ArrivedHead
{
    // The request line and the headers may have 10 KiB together; what is longer is refused by whoever reads it.
    private const int Longest = 11 * 1024;

    private static ReadOnlySpan<byte> BareLineFeeds => "\n\n"u8;

    private static ReadOnlySpan<byte> EmptyLine => "\n\r\n"u8;

    /// <summary>How much of a request's head is there. Never throws; a connection that is broken has ended.</summary>
    /// <param name="socket">A connection that does not block.</param>
    public static Arrival Of(Socket socket)
    {
        Span<byte> buffer = stackalloc byte[Longest];
        try
        {
            var count = socket.Receive(buffer, SocketFlags.Peek, out var error);
            return error switch
            {
                SocketError.WouldBlock => Arrival.Nothing,
                SocketError.Success when count > 0 => Of(buffer[..count]),
                _ => Arrival.End,
            };
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return Arrival.End;
        }
    }

    // Empty lines before a request are passed over (RFC 9112, 2.2), and are none. What ends its lines otherwise than by CR LF is
    // no request either, but it will not become one.
    private static Arrival Of(ReadOnlySpan<byte> bytes)
    {
        var head = bytes.TrimStart("\r\n"u8);
        return head.IndexOf(EmptyLine) >= 0 || head.IndexOf(BareLineFeeds) >= 0 ? Arrival.WholeHead : Arrival.Part;
    }
}
