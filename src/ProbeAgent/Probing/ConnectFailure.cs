using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>The results of attempts that never had a connection, the same for every protocol.</summary>
internal static class ConnectFailure
{
    /// <summary>No connection within the time that was left.</summary>
    public static AttemptResult TimedOut(Exchange exchange) => AttemptResult.Failed(
        Reason.ConnectTimeout,
        $"{exchange.Asked}: no connection within {DurationText.Of(exchange.Question.Deadline.Budget)}: the app does not accept "
        + "any (its queue is full, or it is frozen)",
        exchange.Phases());

    /// <summary>The connection was refused, or could not be made for another reason of the network.</summary>
    public static AttemptResult Refused(Exchange exchange)
    {
        var (reason, phrase) = exchange.ConnectError switch
        {
            SocketError.ConnectionReset => (Reason.ConnectionReset, "the connection was reset while it was opened"),
            SocketError.TimedOut => (Reason.ConnectTimeout, "the connection timed out"),
            SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable =>
                (Reason.InternalError, "the agent has no file descriptor or memory left for a connection"),
            SocketError.ConnectionRefused or null =>
                (Reason.ConnectionRefused, $"connection refused: nothing listens on port {exchange.Port}"),
            { } error => (Reason.ConnectionRefused, $"no connection: {new SocketException((int)error).Message}"),
        };
        return AttemptResult.Failed(reason, $"{exchange.Asked}: {phrase}", exchange.Phases()) with
        {
            MayAskAgain = !exchange.IsRedirected && reason is (Reason.ConnectionRefused or Reason.ConnectionReset),
        };
    }
}
