using System.Net;
using System.Net.Sockets;

namespace ProbeAgent.Lab;

/// <summary>Ports that nobody listens on, below the range the kernel hands out to clients, never the same twice in one run.</summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int Count = 9_000;

    // Suites run one after the other, classes side by side: the process id spreads runs, the counter spreads classes.
    private static int next = Environment.ProcessId * 37;

    /// <summary>The next port on which nothing listens, on any address.</summary>
    public static int Next()
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref next) % Count);
            if (CanListen(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No free port from {First} to {First + Count}.");
    }

    private static bool CanListen(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
