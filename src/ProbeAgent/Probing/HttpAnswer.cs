namespace ProbeAgent.Probing;

/// <summary>An answer whose head is there, and whose body may still be on its way.</summary>
/// <param name="statusCode">Its status code.</param>
/// <param name="version">1.0, 1.1 or 2.0.</param>
/// <param name="headers">Its headers.</param>
/// <param name="readBody">Reads some of the body: 0 at its end, <see cref="IOException"/> where it breaks off or its framing is wrong.</param>
internal sealed class HttpAnswer(
    int statusCode,
    Version version,
    AnswerHeaders headers,
    Func<Memory<byte>, CancellationToken, ValueTask<int>> readBody)
{
    private const int FirstPart = 512;

    /// <summary>The status code.</summary>
    public int StatusCode => statusCode;

    /// <summary>The version of HTTP.</summary>
    public Version Version => version;

    /// <summary>Its headers.</summary>
    public AnswerHeaders Headers => headers;

    /// <summary>What the HTTP library has of an answer by HTTP/2.</summary>
    public static async Task<HttpAnswer> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return new HttpAnswer((int)response.StatusCode, response.Version, AnswerHeaders.Of(response), body.ReadAsync);
    }

    /// <summary>Reads the body to its end, or until there are <paramref name="most"/> bytes of it.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadBodyAsync(int most, CancellationToken cancellationToken)
    {
        // With a byte to spare, so that the end is met.
        var body = new byte[headers.ContentLength < most ? (int)headers.ContentLength + 1 : Math.Min(most, FirstPart)];
        for (var length = 0; ;)
        {
            var count = await readBody(body.AsMemory(length), cancellationToken);
            length += count;
            if (count == 0 || length == most)
            {
                return body.AsMemory(0, length);
            }

            if (length == body.Length)
            {
                Array.Resize(ref body, Math.Min(most, body.Length * 4));
            }
        }
    }
}
