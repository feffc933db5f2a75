using System.Net;
using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>
/// Finds out whether TLS is spoken at a port: sends the first record of a handshake and looks at the first bytes that come back.
/// By hand, since a whole handshake would load OpenSSL into an agent that may never need it.
/// </summary>
internal static class TlsHello
{
    private const int MaxOpening = 8;

    // A ClientHello of TLS 1.2 (RFC 5246, 7.4.1.2): who speaks TLS answers it or turns it down, both in records of TLS. Its random
    // says who it is to those who watch the wire: no secret follows.
    private static readonly byte[] Record =
    [
        0x16, 0x03, 0x01, 0x00, 0x57, 0x01, 0x00, 0x00, 0x53, 0x03, 0x03,
        .. "probe-agent: TLS or plain here? "u8,
        0x00,
        0x00, 0x0c, 0xc0, 0x2b, 0xc0, 0x2f, 0xc0, 0x2c, 0xc0, 0x30, 0x00, 0x9c, 0x00, 0x2f,
        0x01, 0x00,
        0x00, 0x1e,
        0x00, 0x0a, 0x00, 0x06, 0x00, 0x04, 0x00, 0x1d, 0x00, 0x17,
        0x00, 0x0b, 0x00, 0x02, 0x01, 0x00,
        0x00, 0x0d, 0x00, 0x0a, 0x00, 0x08, 0x04, 0x03, 0x08, 0x04, 0x04, 0x01, 0x02, 0x01,
    ];

    /// <summary>True where TLS answers; false where something else does, or nothing. Throws where the token ends it.</summary>
    public static async Task<bool> IsAnsweredAsync(
        PodConnector connector, IPAddress podAddress, int port, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = await connector.ConnectAsync(podAddress, port, turns: null, cancellationToken);
            try
            {
                await socket.SendAsync(Record, cancellationToken);
                return Wire.IsTls(await OpeningAsync(socket, cancellationToken));
            }
            finally
            {
                // By a reset, which leaves no TIME_WAIT behind.
                socket.Close(0);
            }
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<byte[]> OpeningAsync(Socket socket, CancellationToken cancellationToken)
    {
        var opening = new byte[MaxOpening];
        var length = 0;
        while (length < MaxOpening && await socket.ReceiveAsync(opening.AsMemory(length), cancellationToken) is > 0 and var count)
        {
            length += count;
        }

        return opening[..length];
    }
}
