using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests.Cases;

/// <summary>How long the body is said to be: Content-Length, Transfer-Encoding, both, neither.</summary>
internal static class LengthCases
{
    private const string Chunks = "2\r\nok\r\n0\r\n\r\n";

    // Each is the header lines and the bytes that follow the empty line; then comes FIN.
    private static readonly (string Name, string Headers, string Body)[] Framings =
    [
        ("none", "X: y", "ok"),
        ("none-and-empty", "X: y", ""),
        ("right", "Content-Length: 2", "ok"),
        ("lower-case-name", "content-length: 2", "ok"),
        ("zero", "Content-Length: 0", ""),
        ("zero-but-body", "Content-Length: 0", "ok"),
        ("shorter-than-body", "Content-Length: 1", "ok"),
        ("longer-than-body", "Content-Length: 3", "ok"),
        ("much-longer-than-body", "Content-Length: 1000000", "ok"),
        ("body-missing", "Content-Length: 2", ""),
        ("twice-same", "Content-Length: 2\r\nContent-Length: 2", "ok"),
        ("twice-same-other-spaces", "Content-Length: 2\r\nContent-Length:  2 ", "ok"),
        ("twice-different", "Content-Length: 2\r\nContent-Length: 3", "ok"),
        ("twice-different-shorter-last", "Content-Length: 2\r\nContent-Length: 1", "ok"),
        ("three-times-same", "Content-Length: 2\r\nContent-Length: 2\r\nContent-Length: 2", "ok"),
        ("list-same", "Content-Length: 2, 2", "ok"),
        ("list-different", "Content-Length: 2, 3", "ok"),
        ("negative", "Content-Length: -1", "ok"),
        ("negative-zero", "Content-Length: -0", ""),
        ("plus", "Content-Length: +2", "ok"),
        ("hexadecimal", "Content-Length: 0x2", "ok"),
        ("leading-zero", "Content-Length: 02", "ok"),
        ("many-leading-zeros", "Content-Length: 0000000000000000000000000000002", "ok"),
        ("fraction", "Content-Length: 2.0", "ok"),
        ("exponent", "Content-Length: 2e0", "ok"),
        ("underscore", "Content-Length: 1_0", "0123456789"),
        ("space-inside", "Content-Length: 1 0", "0123456789"),
        ("trailing-space", "Content-Length: 2 ", "ok"),
        ("leading-tab", "Content-Length:\t2", "ok"),
        ("semicolon", "Content-Length: 2;", "ok"),
        ("quoted", "Content-Length: \"2\"", "ok"),
        ("empty", "Content-Length:", "ok"),
        ("word", "Content-Length: two", "ok"),
        ("arabic-digit", "Content-Length: \u00d9\u00a2", "ok"),
        ("max-int64", "Content-Length: 9223372036854775807", "ok"),
        ("above-int64", "Content-Length: 9223372036854775808", "ok"),
        ("above-uint64", "Content-Length: 18446744073709551618", "ok"),
        ("forty-digits", "Content-Length: 9999999999999999999999999999999999999999", "ok"),
        ("folded", "Content-Length:\r\n 2", "ok"),
        ("chunked", "Transfer-Encoding: chunked", Chunks),
        ("chunked-lower-case-name", "transfer-encoding: chunked", Chunks),
        ("chunked-capital", "Transfer-Encoding: Chunked", Chunks),
        ("chunked-upper-case", "Transfer-Encoding: CHUNKED", Chunks),
        ("chunked-spaces-around", "Transfer-Encoding:   chunked  ", Chunks),
        ("chunked-tabs-around", "Transfer-Encoding:\tchunked\t", Chunks),
        ("chunked-vertical-tab", "Transfer-Encoding: chunked\u000b", Chunks),
        ("chunked-twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", Chunks),
        ("chunked-list-twice", "Transfer-Encoding: chunked, chunked", Chunks),
        ("chunked-trailing-comma", "Transfer-Encoding: chunked,", Chunks),
        ("chunked-parameter", "Transfer-Encoding: chunked;q=1", Chunks),
        ("chunked-quoted", "Transfer-Encoding: \"chunked\"", Chunks),
        ("chunked-misspelt", "Transfer-Encoding: xchunked", Chunks),
        ("identity", "Transfer-Encoding: identity", "ok"),
        ("identity-with-length", "Transfer-Encoding: identity\r\nContent-Length: 2", "ok"),
        ("identity-then-chunked", "Transfer-Encoding: identity, chunked", Chunks),
        ("gzip-then-chunked", "Transfer-Encoding: gzip, chunked", Chunks),
        ("chunked-then-gzip", "Transfer-Encoding: chunked, gzip", Chunks),
        ("gzip", "Transfer-Encoding: gzip", "ok"),
        ("transfer-encoding-empty", "Transfer-Encoding:", "ok"),
        ("transfer-encoding-empty-with-length", "Transfer-Encoding:\r\nContent-Length: 2", "ok"),
        ("trailers", "Transfer-Encoding: trailers", "ok"),
        ("both-length-first", "Content-Length: 2\r\nTransfer-Encoding: chunked", Chunks),
        ("both-chunked-first", "Transfer-Encoding: chunked\r\nContent-Length: 2", Chunks),
        ("both-right-for-length", "Content-Length: 2\r\nTransfer-Encoding: chunked", "ok"),
        ("both-length-invalid", "Content-Length: x\r\nTransfer-Encoding: chunked", Chunks),
        ("both-lengths-different", "Content-Length: 1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked", Chunks),
        ("chunked-but-plain-body", "Transfer-Encoding: chunked", "ok"),
        ("chunked-but-empty", "Transfer-Encoding: chunked", ""),
    ];

    public static IEnumerable<ParityCase> All() =>
        Framings.Select(one => Case(one.Name, "HTTP/1.1 200 OK", one.Headers, one.Body))
            .Concat(
            [
                Case("1.0-none", "HTTP/1.0 200 OK", "X: y", "ok"),
                Case("1.0-right", "HTTP/1.0 200 OK", "Content-Length: 2", "ok"),
                Case("1.0-longer", "HTTP/1.0 200 OK", "Content-Length: 3", "ok"),
                Case("1.0-keep-alive", "HTTP/1.0 200 OK", "Connection: keep-alive\r\nContent-Length: 2", "ok"),
                Case("1.0-chunked", "HTTP/1.0 200 OK", "Transfer-Encoding: chunked", Chunks),
                Case("1.0-chunked-but-plain-body", "HTTP/1.0 200 OK", "Transfer-Encoding: chunked", "ok"),
                Case("1.0-gzip", "HTTP/1.0 200 OK", "Transfer-Encoding: gzip", "ok"),
                Case("204-with-length", "HTTP/1.1 204 No Content", "Content-Length: 5", ""),
                Case("204-with-body", "HTTP/1.1 204 No Content", "Content-Length: 2", "ok"),
                Case("204-chunked", "HTTP/1.1 204 No Content", "Transfer-Encoding: chunked", ""),
                Case("204-length-invalid", "HTTP/1.1 204 No Content", "Content-Length: x", ""),
                Case("204-lengths-different", "HTTP/1.1 204 No Content", "Content-Length: 1\r\nContent-Length: 2", ""),
                Case("304-with-length", "HTTP/1.1 304 Not Modified", "Content-Length: 100", ""),
                Case("304-chunked", "HTTP/1.1 304 Not Modified", "Transfer-Encoding: chunked", ""),
                Case("205-with-body", "HTTP/1.1 205 Reset Content", "Content-Length: 2", "ok"),
                Stalled("204-with-length-stalled", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n"),
                Stalled("204-chunked-stalled", "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n"),
                Stalled("204-without-length-stalled", "HTTP/1.1 204 No Content\r\n\r\n"),
                Stalled("304-with-length-stalled", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"),
                Stalled("304-chunked-stalled", "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n"),
                Stalled("zero-stalled", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
            ]);

    private static ParityCase Case(string name, string statusLine, string headers, string body) =>
        new($"length/{name}", Answer.Of($"{statusLine}\r\n{headers}\r\n\r\n{body}"));

    private static ParityCase Stalled(string name, string head) => new($"length/{name}", Answer.Of(head).ThenStall());
}
