using System.Net;
using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>Opens connections to an app that may listen on any address of the pod.</summary>
internal sealed class PodConnector(TargetHost host)
{
    private IPAddress? answeredLast;

    /// <summary>
    /// Connects to the first candidate that accepts, beginning with the one that did last time. Throws
    /// <see cref="SocketException"/> (refused where all refuse) and <see cref="OperationCanceledException"/>.
    /// </summary>
    /// <param name="podAddress">The pod's address, one of the candidates.</param>
    /// <param name="port">The app's port.</param>
    /// <param name="turns">Are told whose turn it is; null where nobody counts.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Socket> ConnectAsync(IPAddress podAddress, int port, Turns? turns, CancellationToken cancellationToken)
    {
        SocketException? refusal = null;
        foreach (var address in InOrder(host.CandidatesFor(podAddress)))
        {
            try
            {
                var socket = await ConnectAsync(new IPEndPoint(address, port), turns, cancellationToken);
                answeredLast = address;
                return socket;
            }
            catch (SocketException exception) when (IsAnotherAddressWorthATry(exception.SocketErrorCode))
            {
                refusal = exception;
            }
        }

        throw refusal ?? new SocketException((int)SocketError.ConnectionRefused);
    }

    /// <summary>True where every candidate refuses a connection: the app has ended.</summary>
    public async Task<bool> IsRefusedAsync(IPAddress podAddress, int port, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = await ConnectAsync(podAddress, port, turns: null, cancellationToken);
            return false;
        }
        catch (SocketException exception)
        {
            return IsAnotherAddressWorthATry(exception.SocketErrorCode);
        }
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint endpoint, Turns? turns, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            turns?.AwaitConnection(socket);
            await socket.ConnectAsync(endpoint, cancellationToken);

            // Nobody listens on a port of the ephemeral range, the kernel picks that very port as ours, and TCP's
            // simultaneous open makes a connection to itself: it would look like an app that is well.
            return Equals(socket.LocalEndPoint, socket.RemoteEndPoint)
                ? throw new SocketException((int)SocketError.ConnectionRefused)
                : socket;
        }
        catch (Exception exception)
        {
            if (exception is SocketException)
            {
                turns?.MeetRefusal();
            }

            socket.Dispose();
            throw;
        }
    }

    private static bool IsAnotherAddressWorthATry(SocketError error) => error is
        SocketError.ConnectionRefused or SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported
        or SocketError.AddressNotAvailable or SocketError.NetworkUnreachable;

    private IEnumerable<IPAddress> InOrder(IReadOnlyList<IPAddress> candidates) =>
        answeredLast is { } first && candidates.Contains(first)
            ? candidates.Where(candidate => !candidate.Equals(first)).Prepend(first)
            : candidates;
}
