using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>What the kernel knows of a connection (<c>TCP_INFO</c>, tcp(7)): it keeps time also while this process gets none.</summary>
internal static class TcpInfo
{
    private const int Option = 11;

    // Offsets in struct tcp_info (linux/tcp.h), of numbers of milliseconds.
    private const int LastDataReceived = 52;
    private const int LastAcknowledgementReceived = 56;
    private const int Length = 60;

    /// <summary>How long ago the other side last sent something; zero where that cannot be known.</summary>
    public static TimeSpan SinceData(Socket socket) => Read(socket, LastDataReceived);

    /// <summary>How long ago the other side last acknowledged something: after a connect that is its success.</summary>
    public static TimeSpan SinceAcknowledgement(Socket socket) => Read(socket, LastAcknowledgementReceived);

    /// <summary>True where something has come that nobody has read.</summary>
    public static bool HasUnread(Socket socket)
    {
        try
        {
            return socket.Available > 0;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private static TimeSpan Read(Socket socket, int offset)
    {
        Span<byte> info = stackalloc byte[Length];
        try
        {
            return socket.GetRawSocketOption((int)SocketOptionLevel.Tcp, Option, info) == Length
                ? TimeSpan.FromMilliseconds(BitConverter.ToUInt32(info[offset..]))
                : TimeSpan.Zero;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return TimeSpan.Zero;
        }
    }
}
