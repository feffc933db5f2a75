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
    private SentHead? latest;

    /// <summary>Opens the connection for one question.</summary>
    public Task<AppConnection> ConnectAsync(HttpUrl url, Exchange exchange) =>
        AppConnection.OpenAsync(connector, url.Host, url.Scheme == Uri.UriSchemeHttps ? tls : null, exchange);

    /// <summary>Asks, and returns as soon as the head of the final answer is there.</summary>
    /// <param name="connection">A connection for this question alone.</param>
    /// <param name="url">What is asked for.</param>
    /// <param name="isSentElsewhere">True where a redirect has named a host, which then is the one of the question.</param>
    /// <param name="question">Who asks, and until when.</param>
    public async Task<HttpAnswer> AskAsync(AppConnection connection, HttpUrl url, bool isSentElsewhere, Question question)
    {
        var deadline = question.Deadline.Token;
        if (!connection.IsHttp2Chosen)
        {
            return await connection.AskAsync(HeadFor(url, isSentElsewhere, question.UserAgent), deadline);
        }

        var request = new HttpRequestMessage(HttpMethod.Get, url.ToUri());
        new RequestHead(url, isSentElsewhere ? null : configuredHost, question.UserAgent, target.Headers).AddTo(request);
        return await HttpAnswer.OfAsync(await connection.SendByHttp2Async(request, deadline), deadline);
    }

    /// <summary>The first <c>Content-Type</c> of an answer, as it came; null where there is none that can be printed.</summary>
    public static string? ContentType(HttpAnswer answer) =>
        answer.Headers.First("Content-Type") is { Length: > 0 and <= 256 } type && type.All(c => c is >= ' ' and <= '~') ? type : null;

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
    public static async Task SkipRedirectBodyAsync(HttpAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Headers.ContentLength is > MaxRedirectBody)
        {
            return;
        }

        try
        {
            await answer.ReadBodyAsync(MaxRedirectBody, cancellationToken);
        }
        catch (IOException)
        {
        }
    }

    // The same caller asks the same again and again.
    private ReadOnlyMemory<byte> HeadFor(HttpUrl url, bool isSentElsewhere, string userAgent)
    {
        if (latest is { } before && before.UserAgent == userAgent && before.IsSentElsewhere == isSentElsewhere && before.Url == url)
        {
            return before.Head;
        }

        var head = new RequestHead(url, isSentElsewhere ? null : configuredHost, userAgent, target.Headers).ToBytes();
        latest = new SentHead(url, isSentElsewhere, userAgent, head);
        return head;
    }

    // Go takes an empty Host for none.
    private static string? ConfiguredHost(HttpTarget target) =>
        RequestHead.First(target.Headers, "Host") is { Length: > 0 } host ? host : null;

    private sealed record SentHead(HttpUrl Url, bool IsSentElsewhere, string UserAgent, ReadOnlyMemory<byte> Head);
}
