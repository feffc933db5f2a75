using System.Net;
using System.Net.Sockets;

namespace ProbeAgent.Lab.Hostile;

/// <summary>A port whose queue is full and never emptied: the kernel drops every further SYN, so connecting hears nothing.</summary>
public sealed class FullBacklog : IDisposable
{
    // One more than the kernel queues for a backlog of 0.
    private const int Callers = 2;

    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> callers = [];

    /// <summary>Fills the queue of a port of 127.0.0.1.</summary>
    public FullBacklog(int port)
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, port);
        listener.Bind(endpoint);
        listener.Listen(0);
        for (var caller = 0; caller < Callers; caller++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            callers.Add(socket);
            try
            {
                socket.Connect(endpoint);
            }
            catch (SocketException underWay) when (underWay.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // Nobody waits for it: it is there to take its place in the queue.
            }
        }
    }

    /// <summary>Frees the port.</summary>
    public void Dispose()
    {
        callers.ForEach(caller => caller.Dispose());
        listener.Dispose();
    }
}
