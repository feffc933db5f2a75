using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace ProbeAgent.Probing;

/// <summary>
/// A connection to the app for one HTTP request, plain or secured. Where the HTTP library is to speak on it, it gets this
/// connection and no other: it would ask an app again on its own that hangs up or turns it away, and how often an app is asked
/// is not its business.
/// </summary>
internal sealed class AppConnection : IDisposable
{
    private readonly Exchange exchange;
    private readonly HttpTraffic traffic;
    private readonly Stream stream;
    private HttpMessageInvoker? client;
    private HttpResponseMessage? response;
    private Stream? unused;

    private AppConnection(Exchange exchange, HttpTraffic traffic, Stream stream) =>
        (this.exchange, this.traffic, this.stream, unused) = (exchange, traffic, stream, stream);

    /// <summary>True where the app chose HTTP/2 in the handshake.</summary>
    public bool IsHttp2Chosen => (stream as SslStream)?.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2;

    /// <summary>Connects to wherever the connector leads. Throws as a socket does, and a handshake.</summary>
    /// <param name="connector">Finds the address.</param>
    /// <param name="host">The host as it is named in the question.</param>
    /// <param name="tls">The handshake; null for a plain connection.</param>
    /// <param name="exchange">What the connection is for.</param>
    public static async Task<AppConnection> OpenAsync(PodConnector connector, string host, TlsHandshake? tls, Exchange exchange)
    {
        var deadline = exchange.Question.Deadline.Token;
        var socket = await ConnectAsync(connector, exchange, deadline);
        var traffic = new HttpTraffic(exchange);
        if (tls is null)
        {
            return new AppConnection(exchange, traffic, new ExchangeStream(socket, exchange, traffic));
        }

        var secured = new TlsStream(new SocketStream(socket, exchange), traffic);
        try
        {
            await tls.DoAsync(secured, host, exchange, deadline);
            return new AppConnection(exchange, traffic, secured);
        }
        catch
        {
            await secured.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends the head of a request by HTTP/1.1, and returns as soon as the head of the answer is there.</summary>
    public async Task<HttpAnswer> AskAsync(ReadOnlyMemory<byte> head, CancellationToken cancellationToken)
    {
        traffic.SpeaksHttp1();
        exchange.Question.Deadline.Turns.OweRequest();
        await stream.WriteAsync(head, cancellationToken);
        var answer = await Http1Reader.ReadAsync(stream, cancellationToken);
        exchange.MarkHead();
        return answer;
    }

    /// <summary>Lets the HTTP library send a request by HTTP/1.1, and returns as soon as the head of the answer is there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        traffic.SpeaksHttp1();
        request.Version = HttpVersion.Version11;
        return SendExactlyAsync(request, cancellationToken);
    }

    /// <summary>Sends a request by HTTP/2, and returns as soon as the head of the answer is there.</summary>
    public Task<HttpResponseMessage> SendByHttp2Async(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        exchange.MarkHttp2();
        request.Version = HttpVersion.Version20;
        return SendExactlyAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        response?.Dispose();
        client?.Dispose();
        stream.Dispose();
    }

    private static async Task<Socket> ConnectAsync(PodConnector connector, Exchange exchange, CancellationToken deadline)
    {
        try
        {
            var socket = await connector.ConnectAsync(exchange.Question.PodAddress, exchange.Port, exchange.Question.Deadline.Turns, deadline);
            exchange.MarkConnected(socket);
            return socket;
        }
        catch (SocketException exception)
        {
            exchange.MarkNotConnected(exception.SocketErrorCode);
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendExactlyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        exchange.Question.Deadline.Turns.OweRequest();
        client = Client();
        response = await client.SendAsync(request, cancellationToken);
        exchange.MarkHead();
        return response;
    }

    private HttpMessageInvoker Client() => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = (_, _) => ValueTask.FromResult(TakeConnection()),
        MaxResponseDrainSize = 0,
        MaxResponseHeadersLength = 64,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        PooledConnectionLifetime = TimeSpan.Zero,
        UseCookies = false,
        UseProxy = false,
    });

    private Stream TakeConnection() => Interlocked.Exchange(ref unused, null) ?? throw traffic.AskedAgain();
}
