using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ProbeAgent.Serving;

/// <summary>Opens the public port with a listener that keeps the limits, and any other port in the server's own way.</summary>
/// <param name="publicPort">The number of the public port.</param>
/// <param name="others">Opens the other ports.</param>
/// <param name="guard">Keeps the limits.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="loggers">For what goes wrong.</param>
internal sealed class PublicListenerFactory(
    int publicPort, IConnectionListenerFactory others, ConnectionGuard guard, TimeProvider timeProvider, ILoggerFactory loggers)
    : IConnectionListenerFactory
{
    // As many as the kernel lets wait (net.core.somaxconn): a burst must wait there, not be sent away for a second.
    private const int Backlog = 4096;

    // TCP_USER_TIMEOUT of Linux, in milliseconds (tcp(7)): what a caller does not take of its answer is forgotten then, also
    // once the connection is closed for us. It would stay in the kernel for minutes, on the agent's account.
    private const int UserTimeoutOption = 18;
    private const int UserTimeoutMilliseconds = 10_000;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is not IPEndPoint { Port: var port } || port != publicPort)
        {
            return others.BindAsync(endpoint, cancellationToken);
        }

        var socket = Bind(endpoint);
        try
        {
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, UserTimeoutOption, BitConverter.GetBytes(UserTimeoutMilliseconds));
            socket.Listen(Backlog);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return ValueTask.FromResult<IConnectionListener>(new PublicListener(socket, guard, timeProvider, loggers));
    }

    private static Socket Bind(EndPoint endpoint)
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // By any other exception the server would try IPv4 alone.
            throw new AddressInUseException(exception.Message, exception);
        }
    }
}
