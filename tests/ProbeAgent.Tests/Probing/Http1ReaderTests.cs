using System.Text;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Probing;

/// <summary>What is an answer and where it ends, by the rules of the kubelet's client; <c>\n</c> stands for CR LF where a row does not say otherwise.</summary>
public sealed class Http1ReaderTests
{
    private static readonly string Long = new('x', 33 * 1024);

    public static TheoryData<string, int, string> Good { get; } = new()
    {
        { "HTTP/1.1 200 OK\nContent-Length: 4\n\nbody and more", 200, "body" },
        { "HTTP/1.1 200\n\nto the end", 200, "to the end" },
        { "HTTP/1.0 200 OK\nTransfer-Encoding: chunked\n\nplain", 200, "plain" },
        { "HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\nLink: x\n\nHTTP/1.1 204 No Content\n\nmore", 204, "" },
        { "HTTP/1.1 101 Switching Protocols\n\nraw", 101, "raw" },
        { "HTTP/1.1 200 OK\nContent-Length: 9\nTransfer-Encoding: chunked\n\n3\nabc\n2;x=y\nde\n0\nTrailer: x\n\n", 200, "abcde" },
        { "HTTP/1.1 304 Not Modified\nContent-Length: 9\n\n", 304, "" },
        { "HTTP/1.1 200 OK\nX-Folded: a\n b\nContent-Length: 1\n\n1", 200, "1" },
    };

    public static TheoryData<string, HttpRequestError> Bad { get; } = new()
    {
        { "", HttpRequestError.ResponseEnded },
        { "HTTP/1.1 200 OK\nContent-Length: 4\n", HttpRequestError.ResponseEnded },
        { "HTTP/1.1 200 OK\nContent-Length: 4\n\nbod", HttpRequestError.ResponseEnded },
        { "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n", HttpRequestError.ResponseEnded },
        { "SSH-2.0-OpenSSH\n", HttpRequestError.InvalidResponse },
        { "HTTP/1.1 20 OK\n\n", HttpRequestError.InvalidResponse },
        { "HTTP/1.1 200 OK\nno colon\n\n", HttpRequestError.InvalidResponse },
        { "HTTP/1.1 200 OK\n: no name\n\n", HttpRequestError.InvalidResponse },
        { "HTTP/1.1 200 OK\n folded first\n\n", HttpRequestError.InvalidResponse },
        { "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nxyz\n", HttpRequestError.InvalidResponse },
        { "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabcd\n0\n\n", HttpRequestError.InvalidResponse },
        { $"HTTP/1.1 103 Early Hints\nA: {Long}\n\nHTTP/1.1 200 OK\nA: {Long}\n\n", HttpRequestError.ConfigurationLimitExceeded },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public async Task Read_OfAnAnswer_GivesStatusAndBody(string answer, int status, string body)
    {
        var read = await ReadAsync(answer);

        Assert.Equal((status, body), read);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Read_OfSomethingElse_SaysWhatIsWrong(string answer, HttpRequestError error)
    {
        var thrown = await Assert.ThrowsAsync<HttpIOException>(() => ReadAsync(answer));

        Assert.Equal(error, thrown.HttpRequestError);
    }

    // One byte at a time: whatever is understood must not hang on how the network cuts it.
    [Theory]
    [MemberData(nameof(Good))]
    public async Task Read_OfAnAnswerInPieces_GivesTheSame(string answer, int status, string body)
    {
        var read = await ReadAsync(answer, piece: 1);

        Assert.Equal((status, body), read);
    }

    private static async Task<(int Status, string Body)> ReadAsync(string answer, int piece = int.MaxValue)
    {
        var bytes = Encoding.Latin1.GetBytes(answer.Replace("\n", "\r\n", StringComparison.Ordinal));
        using var connection = new Pieces(bytes, piece);
        var read = await Http1Reader.ReadAsync(connection, TestContext.Current.CancellationToken);
        var body = await read.ReadBodyAsync(10 * 1024, TestContext.Current.CancellationToken);
        return (read.StatusCode, Encoding.Latin1.GetString(body.Span));
    }

    private sealed class Pieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
    }
}
