using System.Net;

namespace ProbeAgent.Probing;

/// <summary>
/// Reads one answer by HTTP/1 from a connection that was opened for it, as the kubelet's client does (Go <c>net/http</c>). The library's
/// client changes threads three times for a connection that it uses once, and cannot tell what it has passed over.
/// </summary>
internal static class Http1Reader
{
    // All heads together, those of interim answers, too.
    private const int MaxHead = 64 * 1024;

    /// <summary>
    /// Returns as soon as the head of the final answer is there. Throws <see cref="HttpIOException"/> where it is not HTTP, ends too early or is too
    /// large, and what the connection throws.
    /// </summary>
    public static async Task<HttpAnswer> ReadAsync(Stream connection, CancellationToken cancellationToken)
    {
        var input = new AnswerInput(connection);
        for (var left = MaxHead; ;)
        {
            var head = new AnswerHead();
            var line = await input.ReadLineAsync(left, cancellationToken);
            left -= line.Length;
            head.Begin(line.Span);
            do
            {
                line = await input.ReadLineAsync(left, cancellationToken);
                left -= line.Length;
            }
            while (!head.IsEndedBy(line.Span));

            // Interim answers (RFC 9110, 15.2) are followed by the one that counts; not so where the connection changes what it speaks.
            if (head.StatusCode is < 100 or > 199 or (int)HttpStatusCode.SwitchingProtocols)
            {
                return WithBody(head, input);
            }
        }
    }

    // RFC 9112, 6.3.
    private static HttpAnswer WithBody(AnswerHead head, AnswerInput input)
    {
        HttpAnswer Answer(Func<Memory<byte>, CancellationToken, ValueTask<int>> readBody) =>
            new(head.StatusCode, head.Version, head.Headers, readBody);

        if (head.StatusCode is (int)HttpStatusCode.NoContent or (int)HttpStatusCode.NotModified)
        {
            return Answer(static (_, _) => ValueTask.FromResult(0));
        }

        var answer = Answer(input.ReadAsync);
        return answer switch
        {
            { StatusCode: (int)HttpStatusCode.SwitchingProtocols } => answer,

            // HTTP/1.0 knows no codings, so Go does not look at them there.
            _ when head.Version == HttpVersion.Version11 && answer.Headers.First("Transfer-Encoding") is not null =>
                Answer(new ChunkedBody(input).ReadAsync),
            { Headers.ContentLength: { } length } => Answer(new KnownBody(input, length).ReadAsync),
            _ => answer,
        };
    }
}
