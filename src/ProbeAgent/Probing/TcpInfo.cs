using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>What the kernel knows of a connection (<c>TCP_INFO</c>, tcp(7)): it keeps time also while this process gets none.</summary>
internal readonly struct TcpInfo
{
    private const int Option = 11;

    // Offsets in struct tcp_info (linux/tcp.h): a byte, and numbers of milliseconds.
    private const int State = 0;
    private const int LastDataSent = 44;
    private const int LastDataReceived = 52;
    private const int LastAcknowledgementReceived = 56;
    private const int Length = 60;

    // States of a connection (net/tcp_states.h); 0 is none of them.
    private const int Established = 1;
    private const int SynSent = 2;
    private const int Closed = 7;

    private readonly int state;

    private TcpInfo(ReadOnlySpan<byte> info)
    {
        state = info[State];
        SinceSent = Time(info, LastDataSent);
        SinceData = Time(info, LastDataReceived);
        SinceAcknowledgement = Time(info, LastAcknowledgementReceived);
    }

    /// <summary>False where nothing can be known of the connection, such as of one that has been given up; all times are zero then.</summary>
    public bool IsKnown => state != 0;

    /// <summary>True where there is no connection: not asked for yet, refused, or reset.</summary>
    public bool IsClosed => state == Closed;

    /// <summary>True while the other side has not said whether it accepts the connection.</summary>
    public bool IsConnecting => state == SynSent;

    /// <summary>True until one of the two sides ends it.</summary>
    public bool IsEstablished => state == Established;

    /// <summary>How long ago we last sent something.</summary>
    public TimeSpan SinceSent { get; }

    /// <summary>How long ago the other side last sent something.</summary>
    public TimeSpan SinceData { get; }

    /// <summary>How long ago the other side last acknowledged something: after a connect that is its success, after an end that.</summary>
    public TimeSpan SinceAcknowledgement { get; }

    /// <summary>Asks the kernel. Never throws.</summary>
    public static TcpInfo Of(Socket socket)
    {
        Span<byte> info = stackalloc byte[Length];
        try
        {
            return socket.GetRawSocketOption((int)SocketOptionLevel.Tcp, Option, info) == Length ? new TcpInfo(info) : default;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return default;
        }
    }

    /// <summary>True where data have come that nobody has read.</summary>
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

    private static TimeSpan Time(ReadOnlySpan<byte> info, int offset) => TimeSpan.FromMilliseconds(BitConverter.ToUInt32(info[offset..]));
}
