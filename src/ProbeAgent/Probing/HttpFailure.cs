using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>What an exception of the HTTP client says about the app.</summary>
internal static class HttpFailure
{
    /// <summary>The result of an exchange that broke before its deadline.</summary>
    public static AttemptResult Of(Exception exception, Exchange exchange)
    {
        if (exchange.Peer is null)
        {
            return ConnectFailure.Refused(exchange);
        }

        var after = DurationText.Of(exchange.Elapsed);
        var isReset = IsReset(exception);
        if (!exchange.HasFirstByte && (isReset || exchange.IsHungUp))
        {
            var how = isReset ? "reset the connection" : "closed the connection";
            return AttemptResult.Failed(
                Reason.ConnectionReset, $"{exchange.Asked}: {exchange.Peer} {how} without an answer after {after}", exchange.Phases()) with
            {
                MayAskAgain = !exchange.IsRedirected,
            };
        }

        var (reason, phrase) = (exception as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError => (Reason.TlsError, "TLS failed"),
            HttpRequestError.ConfigurationLimitExceeded => (Reason.ProtocolError, "the head of the answer is larger than 64 KiB"),
            _ when isReset => (Reason.ConnectionReset, "the app reset the connection in the middle of its answer"),
            HttpRequestError.ResponseEnded => (Reason.ProtocolError, "the answer ended too early"),
            _ => (Reason.ProtocolError, "the answer is not HTTP"),
        };
        return AttemptResult.Failed(reason, $"{exchange.Asked}: {phrase}, after {after}", exchange.Phases());
    }

    private static bool IsReset(Exception exception) =>
        Chain(exception).OfType<SocketException>().Any(socket =>
            socket.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown);

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var link = exception; link is not null; link = link.InnerException)
        {
            yield return link;
        }
    }
}
