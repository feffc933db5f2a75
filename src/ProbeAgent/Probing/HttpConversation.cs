using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace ProbeAgent.Probing;

/// <summary>Sends single GET requests, each on a connection of its own, with the headers of the kubelet and no others.</summary>
internal sealed class HttpConversation : IDisposable
{
    // k8s pkg/probe/http: maxRespBodyLength.
    private const int MaxBody = 10 * 1024;

    // Go's client reads so much of a redirect's body before it follows (maxBodySlurpSize).
    private const int MaxRedirectBody = 2 * 1024;

    private const int MaxExcerpt = 256;

    private static readonly HttpRequestOptionsKey<Exchange> ExchangeKey = new("exchange");

    private readonly PodConnector connector;
    private readonly HttpMessageInvoker client;

    /// <summary>All connections go where the connector leads, whatever a URL says.</summary>
    public HttpConversation(PodConnector connector)
    {
        this.connector = connector;
        client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = 64,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            PooledConnectionLifetime = TimeSpan.Zero,
            UseCookies = false,
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
#pragma warning disable CA5359 // The kubelet verifies no certificate of a probe (InsecureSkipVerify).
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
            },
        });
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <summary>Asks, and returns as soon as the head of the final answer is there.</summary>
    public async Task<HttpResponseMessage> AskAsync(HttpUrl url, Exchange exchange, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url.ToUri());
        if (url.Scheme == Uri.UriSchemeHttps)
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        }

        request.Headers.Host = url.Authority;
        request.Headers.TryAddWithoutValidation("User-Agent", exchange.Question.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.ConnectionClose = true;
        request.Options.Set(ExchangeKey, exchange);
        return await client.SendAsync(request, cancellationToken);
    }

    /// <summary>The first <c>Location</c> of an answer, as it came; null where there is none.</summary>
    public static string? Location(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.First() : null;

    /// <summary>Reads at most 10 KiB, as the kubelet does, and returns the printable beginning; null for an empty body.</summary>
    public static async Task<string?> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var _ = stream.ConfigureAwait(false);
        var buffer = new byte[MaxBody];
        var length = await stream.ReadAtLeastAsync(buffer, MaxBody, throwOnEndOfStream: false, cancellationToken);
        return length == 0 ? null : Excerpt(buffer.AsSpan(0, Math.Min(length, MaxExcerpt)));
    }

    /// <summary>Waits for a redirect's short body as the kubelet's client does; what breaks there is of no interest to it.</summary>
    public static async Task SkipRedirectBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength is > MaxRedirectBody)
        {
            return;
        }

        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            await stream.ReadAtLeastAsync(new byte[MaxRedirectBody], MaxRedirectBody, throwOnEndOfStream: false, cancellationToken);
        }
        catch (IOException)
        {
        }
    }

    private static string Excerpt(ReadOnlySpan<byte> body)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(body));
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
            {
                text[i] = ' ';
            }
        }

        return text.ToString().TrimEnd();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (!context.InitialRequestMessage.Options.TryGetValue(ExchangeKey, out var exchange))
        {
            throw new InvalidOperationException("a request without its exchange");
        }

        // The client's own token outlives the request; ours ends with the question.
        var deadline = exchange.Question.Deadline.Token;
        try
        {
            var socket = await connector.ConnectAsync(exchange.Question.PodAddress, context.DnsEndPoint.Port, deadline);
            exchange.MarkConnected(socket.RemoteEndPoint);
            return new ExchangeStream(socket, exchange);
        }
        catch (SocketException exception)
        {
            exchange.MarkNotConnected(exception.SocketErrorCode);
            throw;
        }
    }
}
