using System.Text;

namespace ProbeAgent.Probing;

/// <summary>Sends single GET requests, each on a connection of its own, with the headers of the kubelet and no others.</summary>
internal sealed class HttpConversation(HttpTarget target, PodConnector connector, TimeProvider timeProvider)
{
    /// <summary>How many bytes of a body are read (k8s <c>pkg/probe/http</c>, <c>maxRespBodyLength</c>).</summary>
    public const int MaxBody = 10 * 1024;

    // Go's client reads so much of a redirect's body before it follows (maxBodySlurpSize).
    private const int MaxRedirectBody = 2 * 1024;

    private const int MaxExcerpt = 256;

    private readonly string? configuredHost = ConfiguredHost(target);
    private readonly TlsHandshake tls = TlsHandshake.ForHttp(target.Authorities, ConfiguredHost(target), timeProvider);

    /// <summary>Opens the connection for one question.</summary>
    public Task<AppConnection> ConnectAsync(HttpUrl url, Exchange exchange) =>
        AppConnection.OpenAsync(connector, url.Host, url.Scheme == Uri.UriSchemeHttps ? tls : null, exchange);

    /// <summary>Asks, and returns as soon as the head of the final answer is there.</summary>
    /// <param name="connection">A connection for this question alone.</param>
    /// <param name="url">What is asked for.</param>
    /// <param name="isSentElsewhere">True where a redirect has named a host, which then is the one of the question.</param>
    /// <param name="question">Who asks, and until when.</param>
    public async Task<HttpResponseMessage> AskAsync(AppConnection connection, HttpUrl url, bool isSentElsewhere, Question question)
    {
        var head = new RequestHead(url, isSentElsewhere ? null : configuredHost, question.UserAgent, target.Headers);
        var deadline = question.Deadline.Token;
        using var request = new HttpRequestMessage(HttpMethod.Get, url.ToUri());
        if (connection.IsHttp2Chosen)
        {
            head.AddTo(request);
            return await connection.SendByHttp2Async(request, deadline);
        }

        request.Headers.ConnectionClose = true;
        return await connection.SendAsync(request, head.ToBytes(), deadline);
    }

    /// <summary>The first <c>Location</c> of an answer, as it came; null where there is none.</summary>
    public static string? Location(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.First() : null;

    /// <summary>The first <c>Content-Type</c> of an answer, as it came; null where there is none that can be printed.</summary>
    public static string? ContentType(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values)
            && values.First() is { Length: > 0 and <= 256 } type && type.All(c => c is >= ' ' and <= '~')
                ? type
                : null;

    /// <summary>Reads at most 10 KiB, as the kubelet does.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var _ = stream.ConfigureAwait(false);
        var buffer = new byte[MaxBody];
        var length = await stream.ReadAtLeastAsync(buffer, MaxBody, throwOnEndOfStream: false, cancellationToken);
        return buffer.AsMemory(0, length);
    }

    /// <summary>The printable beginning of a body; null for an empty one.</summary>
    public static string? Excerpt(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        var text = new StringBuilder(Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, MaxExcerpt)]));
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
            {
                text[i] = ' ';
            }
        }

        return text.ToString().TrimEnd();
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

    // Go takes an empty Host for none.
    private static string? ConfiguredHost(HttpTarget target) =>
        RequestHead.First(target.Headers, "Host") is { Length: > 0 } host ? host : null;
}
