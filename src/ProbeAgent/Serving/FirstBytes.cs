using System.Net.Sockets;

namespace ProbeAgent.Serving;

/// <summary>
/// Waits until something has come over a connection, or it has ended. A connection that has to make room is the usual end in a
/// flood, so that it is no exception here: those cost more than all the rest.
/// </summary>
internal sealed class FirstBytes : SocketAsyncEventArgs
{
    private readonly Action<bool> then;

    // No execution context: there is nothing of the caller in it.
    private FirstBytes(Action<bool> then)
        : base(true) => this.then = then;

    /// <summary>
    /// Calls <paramref name="then"/> once, here or later, with false where the connection broke or was closed. Throws where it is
    /// closed already.
    /// </summary>
    public static void Await(Socket socket, Action<bool> then)
    {
        var waiting = new FirstBytes(then);
        if (!socket.ReceiveAsync(waiting))
        {
            waiting.OnCompleted(waiting);
        }
    }

    /// <inheritdoc/>
    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        bool isThere;
        try
        {
            isThere = e.SocketError == SocketError.Success;
            Dispose();
        }
        catch (Exception)
        {
            // On this thread it would end the process. Nothing is known of the connection, so it is ended.
            isThere = false;
        }

        then(isThere);
    }
}
