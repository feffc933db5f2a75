using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using ProbeAgent.Probing;

namespace ProbeAgent.Serving;

/// <summary>The HTTP client of one relay: a fresh connection for each page, to wherever in the pod the app listens.</summary>
internal sealed class RelayClient(PodConnector connector) : HttpMessageInvoker(Handler(connector))
{
    private static readonly HttpRequestOptionsKey<Exchange> ExchangeKey = new("exchange");

    /// <summary>Notes in the exchange how far the request comes.</summary>
    public static void Attach(HttpRequestMessage request, Exchange exchange) => request.Options.Set(ExchangeKey, exchange);

    /// <inheritdoc/>
    public override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        ExchangeOf(request).MarkHead();

        // A head that leaves open where the body ends, or a status that is none, is not passed on.
        if (HeadRule.Violation(response) is null && (int)response.StatusCode is >= 200 and <= 599)
        {
            return response;
        }

        response.Dispose();
        throw new HttpRequestException(HttpRequestError.InvalidResponse);
    }

    private static SocketsHttpHandler Handler(PodConnector connector) => new()
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = (context, _) => ConnectAsync(connector, context),
        MaxResponseDrainSize = 0,
        MaxResponseHeadersLength = 64,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        PooledConnectionLifetime = TimeSpan.Zero,
        UseCookies = false,
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
#pragma warning disable CA5359 // Inside the pod, as the checks: no certificate names a pod's address.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
        },
    };

    private static async ValueTask<Stream> ConnectAsync(PodConnector connector, SocketsHttpConnectionContext context)
    {
        var exchange = ExchangeOf(context.InitialRequestMessage);
        var question = exchange.Question;
        try
        {
            // The client's own token outlives the request; ours ends with the deadline.
            var socket = await connector.ConnectAsync(question.PodAddress, context.DnsEndPoint.Port, question.Deadline.Token);
            exchange.MarkConnected(socket.RemoteEndPoint);
            return new ExchangeStream(socket, exchange);
        }
        catch (SocketException exception)
        {
            exchange.MarkNotConnected(exception.SocketErrorCode);
            throw;
        }
    }

    private static Exchange ExchangeOf(HttpRequestMessage request) =>
        request.Options.TryGetValue(ExchangeKey, out var exchange)
            ? exchange
            : throw new InvalidOperationException("a request without its exchange");
}
