using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace ProbeAgent.Serving;

/// <summary>One open connection to the public port, and its place among the others.</summary>
internal sealed class ConnectionSlot(ConnectionGuard guard, Socket socket, IPAddress source)
{
    private volatile ConnectionContext? connection;
    private volatile bool isClosed;

    /// <summary>Whom it counts for while it has not delivered a whole request head.</summary>
    public IPAddress Source => source;

    /// <summary>Its place among those that wait; null while an answer is pending.</summary>
    public LinkedListNode<ConnectionSlot>? Place { get; set; }

    /// <summary>What it waits for.</summary>
    public Waiting Waiting { get; set; }

    /// <summary>Since when it waits.</summary>
    public long WaitingSince { get; set; }

    /// <summary>True once it is not counted any more.</summary>
    public bool HasLeft { get; set; }

    /// <summary>True where the whole head has arrived, also where nobody has read it yet.</summary>
    public bool HasWholeHead => connection is null && ArrivedHead.Of(socket) == Arrival.WholeHead;

    /// <summary>True where the kernel takes no more of an answer, because the caller takes none.</summary>
    public bool IsFull
    {
        get
        {
            try
            {
                return !socket.Poll(TimeSpan.Zero, SelectMode.SelectWrite);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>The connection as the server sees it, from when something has come over it.</summary>
    public void HandOver(ConnectionContext handedOver)
    {
        connection = handedOver;
        if (isClosed)
        {
            handedOver.Abort();
        }
    }

    /// <summary>Ends the connection, whoever has it.</summary>
    public void Close()
    {
        isClosed = true;
        if (connection is { } handedOver)
        {
            handedOver.Abort();
            return;
        }

        socket.Dispose();
    }

    /// <summary>The whole head of a request has arrived.</summary>
    /// <returns>True where the connection may be kept for another one.</returns>
    public bool BeginAnswer() => guard.BeginAnswer(this);

    /// <summary>The answer is out; the connection waits for another request. False where it may not, and has to end.</summary>
    public bool TryWaitForAnother() => guard.TryWaitForAnother(this);

    /// <summary>The last answer is out; the connection ends when its caller has taken it.</summary>
    public void WaitForEnd() => guard.WaitForEnd(this);

    /// <summary>The connection has ended.</summary>
    public void Leave() => guard.Leave(this);

    /// <summary>The request is refused, but its caller has not said all of it: until then the server does not end the connection.</summary>
    public void WaitForRest() => guard.WaitForRest(this);
}
