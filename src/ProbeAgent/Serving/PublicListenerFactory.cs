using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ProbeAgent.Serving;

/// <summary>Opens the public port with a listener that keeps the limits; any other port is left to the server's own.</summary>
internal sealed class PublicListenerFactory(int publicPort, ConnectionGuard guard, TimeProvider timeProvider, ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    // As many as the kernel lets wait (net.core.somaxconn): a burst must wait there, not be sent away for a second.
    private const int Backlog = 4096;

    // TCP_USER_TIMEOUT of Linux, in milliseconds (tcp(7)): what a caller does not take of its answer is forgotten then, also
    // once the connection is closed for us. It would stay in the kernel for minutes, on the agent's account.
    private const int UserTimeoutOption = 18;
    private const int UserTimeoutMilliseconds = 10_000;

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint { Port: var port } && port == publicPort;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
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
