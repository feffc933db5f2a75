using System.Globalization;
using System.Net.Security;

namespace ProbeAgent.Probing;

/// <summary>
/// A gRPC check: calls <c>grpc.health.v1.Health/Check</c> as the kubelet does (k8s <c>pkg/probe/grpc</c>). It is one call with one short
/// message each way, so it is written by hand over HTTP/2.
/// </summary>
internal sealed class GrpcProber(GrpcTarget target, PodConnector connector, TimeProvider timeProvider) : IProber
{
    private const int MaxMessage = 4 * 1024;

    private readonly byte[] message = HealthMessage.Request(target.Service);

    private readonly TlsHandshake? tls = target.IsTls
        ? new TlsHandshake([SslApplicationProtocol.Http2], target.Authorities, null, timeProvider)
        : null;

    /// <inheritdoc/>
    public async Task<AttemptResult> AttemptAsync(Question question, CancellationToken agentStopping)
    {
        var host = target.Host.NameFor(question.PodAddress);
        var exchange = new Exchange(question, Asked(host), target.Port, timeProvider) { IsGrpc = true };
        try
        {
            using var connection = await AppConnection.OpenAsync(connector, host, tls, exchange);
            return target.IsTls && !connection.IsHttp2Chosen
                ? Failed(exchange, Reason.ProtocolError, "did not choose HTTP/2 in the TLS handshake (ALPN), and gRPC needs it")
                : await AskAsync(connection, host, exchange);
        }
        catch (Exception exception) when (HttpFailure.IsOfTheApp(exception))
        {
            agentStopping.ThrowIfCancellationRequested();
            return question.Deadline.Token.IsCancellationRequested ? TimedOut(exchange) : HttpFailure.Of(exception, exchange);
        }
    }

    private async Task<AttemptResult> AskAsync(AppConnection connection, string host, Exchange exchange)
    {
        using var request = Request(host, exchange);
        var deadline = exchange.Question.Deadline.Token;
        using var response = await connection.SendByHttp2Async(request, deadline);
        var stream = await response.Content.ReadAsStreamAsync(deadline);
        await using var _ = stream.ConfigureAwait(false);
        var body = new byte[HealthMessage.FrameHead + MaxMessage + 1];
        var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, deadline);
        if (length == body.Length)
        {
            return Failed(exchange, Reason.ProtocolError, "answered with more than 4 KiB");
        }

        var (reason, phrase) = GrpcAnswer.Judge(response, body.AsSpan(0, length));
        return reason is { } failure
            ? Failed(exchange, failure, phrase)
            : new AttemptResult { Outcome = Outcome.Success, Message = Sentence(exchange, phrase), Phases = exchange.Phases() };
    }

    private HttpRequestMessage Request(string host, Exchange exchange)
    {
        var authority = string.Create(CultureInfo.InvariantCulture, $"{host}:{target.Port}");
        var scheme = target.IsTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        var request = new HttpRequestMessage(HttpMethod.Post, $"{scheme}://{authority}/grpc.health.v1.Health/Check")
        {
            Content = new ByteArrayContent(message),
        };
        var deadline = exchange.Question.Deadline;

        // What the agent took is not taken from the app: it would say that its time was up.
        var rest = Math.Max(1, (long)(deadline.Budget - deadline.Elapsed + deadline.Turns.Sum().Own).TotalMilliseconds);
        request.Headers.TryAddWithoutValidation("Host", authority);
        request.Headers.TryAddWithoutValidation("User-Agent", exchange.Question.UserAgent);
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        request.Headers.TryAddWithoutValidation("grpc-timeout", string.Create(CultureInfo.InvariantCulture, $"{rest}m"));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
        return request;
    }

    private string Asked(string host)
    {
        var service = target.Service.Length == 0 ? "" : $" service \"{Printable.Of(target.Service)}\"";
        return string.Create(CultureInfo.InvariantCulture, $"gRPC {host}:{target.Port}{service}{(target.IsTls ? " over TLS" : "")}");
    }

    // An answer of gRPC is whole with its trailers: until then there is none.
    private static AttemptResult TimedOut(Exchange exchange)
    {
        var result = HttpFailure.TimedOut(exchange);
        return result with { Reason = result.Reason == Reason.BodyTimeout ? Reason.ResponseTimeout : result.Reason };
    }

    private static AttemptResult Failed(Exchange exchange, Reason reason, string phrase) =>
        AttemptResult.Failed(reason, Sentence(exchange, phrase) + Advice(reason), exchange.Phases());

    private static string Advice(Reason reason) => reason switch
    {
        Reason.GrpcNotServing => ": the app says itself that it is not well, so look in its log",
        Reason.GrpcUnknownService => ": correct `service`, or let the app register it with its health service",
        _ => "",
    };

    private static string Sentence(Exchange exchange, string phrase) =>
        $"{exchange.Asked} {phrase}, after {DurationText.Of(exchange.Elapsed)}";
}
