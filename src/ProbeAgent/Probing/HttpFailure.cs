using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace ProbeAgent.Probing;

/// <summary>What an exception of the HTTP client says about the app.</summary>
internal static class HttpFailure
{
    private static readonly string[] Http2Errors =
    [
        "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR",
        "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
    ];

    /// <summary>True for what an exchange throws because of the app, or of its deadline; anything else is a bug of ours.</summary>
    public static bool IsOfTheApp(Exception exception) => exception
        is OperationCanceledException or HttpRequestException or IOException or SocketException
        or AuthenticationException or CryptographicException
        || IsOfHPack(exception);

    /// <summary>The result of an exchange that broke before its deadline.</summary>
    public static AttemptResult Of(Exception exception, Exchange exchange)
    {
        if (exchange.Peer is null)
        {
            return ConnectFailure.Refused(exchange);
        }

        if (exchange.IsInHandshake)
        {
            return TlsFailure.OfHandshake(exception, exchange);
        }

        var after = DurationText.Of(exchange.Elapsed);
        if (Stranger(exchange) is { } stranger)
        {
            var advice = Wire.IsTls(exchange.Opening) ? SchemeAdvice.ForTls(exchange) : "";
            return AttemptResult.Failed(Reason.ProtocolError, $"{exchange.Asked}: {stranger}, after {after}{advice}", exchange.Phases());
        }

        if (Chain(exception).OfType<AuthenticationException>().FirstOrDefault() is { } tls)
        {
            return AttemptResult.Failed(Reason.TlsError, $"{exchange.Asked}: {TlsFailure.Words(tls)}, after {after}", exchange.Phases());
        }

        if (!exchange.HasFirstByte && (exchange.IsReset || exchange.IsHungUp || exchange.IsTurnedAway))
        {
            return AttemptResult.Failed(
                Reason.ConnectionReset, $"{exchange.Asked}: {exchange.Peer} {HowWithoutAnswer(exchange)} after {after}", exchange.Phases()) with
            {
                MayAskAgain = !exchange.IsRedirected,
            };
        }

        var (reason, phrase) = Judge(exception, exchange);
        return AttemptResult.Failed(reason, $"{exchange.Asked}: {phrase}, after {after}", exchange.Phases());
    }

    /// <summary>The result of an exchange whose deadline has passed.</summary>
    public static AttemptResult TimedOut(Exchange exchange)
    {
        if (exchange.Peer is not { } peer)
        {
            return ConnectFailure.TimedOut(exchange);
        }

        var budget = DurationText.Of(exchange.Question.Deadline.Budget);
        var (reason, phrase) = exchange switch
        {
            { HasHead: true } => (Reason.BodyTimeout, $"the head came, but the body was not complete within {budget}: the app stalls in its answer"),
            { IsInHandshake: true } => (Reason.ResponseTimeout, $"connected to {peer}, but the TLS handshake was not done within {budget}"),
            _ => (Reason.ResponseTimeout, $"connected to {peer}, but no answer within {budget}"),
        };
        return AttemptResult.Failed(reason, $"{exchange.Asked}: {phrase}", exchange.Phases());
    }

    // Told by what came first over the connection itself.
    private static string? Stranger(Exchange exchange) => exchange switch
    {
        { IsSecured: true } or { Opening.IsEmpty: true } => null,
        _ when Wire.IsTls(exchange.Opening) => "the app speaks TLS there, not plain HTTP",
        { IsHttp2: true } when Wire.IsHttp1(exchange.Opening) => "the app speaks HTTP/1 there, not HTTP/2",
        { IsHttp2: true } when !Wire.IsHttp2(exchange.Opening) => "the app speaks something else there than HTTP/2",
        _ => null,
    };

    private static string HowWithoutAnswer(Exchange exchange) => exchange switch
    {
        { IsReset: true } => "reset the connection without an answer",
        { IsHungUp: true } => "closed the connection without an answer",
        _ => "turned the request away unprocessed (HTTP/2 GOAWAY or REFUSED_STREAM)",
    };

    private static (Reason Reason, string Phrase) Judge(Exception exception, Exchange exchange)
    {
        if (Chain(exception).OfType<HttpProtocolException>().FirstOrDefault() is { } http2)
        {
            return (Reason.ProtocolError, $"the exchange ended with the HTTP/2 error {Http2Error(http2.ErrorCode)}");
        }

        var error = exception switch
        {
            HttpRequestException request => request.HttpRequestError,
            HttpIOException io => io.HttpRequestError,
            _ => HttpRequestError.Unknown,
        };
        return error switch
        {
            HttpRequestError.ConfigurationLimitExceeded when !exchange.HasHead => (Reason.ProtocolError, "the head of the answer is larger than 64 KiB"),
            _ when exchange.IsReset => (Reason.ConnectionReset, "the app reset the connection in the middle of its answer"),
            HttpRequestError.ResponseEnded => (Reason.ProtocolError, "the answer ended too early"),
            _ when exchange.IsHttp2 => (Reason.ProtocolError, "the answer breaks the rules of HTTP/2"),
            _ => (Reason.ProtocolError, "the answer is not HTTP"),
        };
    }

    // What the library lets through of a header block that ends in the middle; its type is the library's own.
    private static bool IsOfHPack(Exception exception) => exception.GetType().Namespace == "System.Net.Http.HPack";

    private static string Http2Error(long code) =>
        code >= 0 && code < Http2Errors.Length ? Http2Errors[code] : $"0x{code:x}";

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var link = exception; link is not null; link = link.InnerException)
        {
            yield return link;
        }
    }
}
