using static ProbeAgent.BlackBoxTests.Requests.RawRequest;

namespace ProbeAgent.BlackBoxTests.Requests;

/// <summary>
/// Requests that are unclear about where they end, with a second one hidden in what may be their body; pipelines; versions. What
/// has a body is the end of its connection, so that nothing behind it is ever a request.
/// </summary>
internal static class FramingRows
{
    private const string Chunks = "0\r\n\r\n";

    // It would ask the app.
    private const string Hidden = "GET /readyz HTTP/1.1\r\nHost: pod\r\n\r\n";

    public static Dictionary<string, RawRequest> All { get; } = new()
    {
        ["no length"] = Probe(Livez("Host: pod", "Content-Length: 0")),
        ["length of zeros"] = Probe(Livez("Host: pod", "Content-Length: 000")),
        ["body"] = Closed(413, With(Length) + Hidden),
        ["body that never comes"] = Closed(413, With("Content-Length: 5")),
        ["body of HEAD"] = Closed(413, Head("HEAD /livez HTTP/1.1", "Host: pod", Length) + Hidden),
        ["body of an unknown path"] = Closed(404, Get("/nosuch", Length) + Hidden),
        ["body of another method"] = Closed(405, Head("POST /livez HTTP/1.1", "Host: pod", Length) + Hidden),
        ["body of another method of an unknown path"] = Closed(404, Head("POST /nosuch HTTP/1.1", "Host: pod", Length) + Hidden),
        ["body of a relay"] = Closed(413, Get("/relay/app", Length) + Hidden),
        ["body of a scrape"] = Closed(413, Get("/metrics", Length) + Hidden),
        ["body of a hook"] = Unanswered(Get("/app-lifecycle/app/preStop?key=x", Length) + Hidden),
        ["chunked body"] = Closed(413, With("Transfer-Encoding: chunked") + Chunks + Hidden),
        ["chunked body of an unknown path"] = Closed(404, Get("/nosuch", "Transfer-Encoding: chunked") + Chunks + Hidden),
        ["chunked body that is none"] = Closed(404, Get("/nosuch", "Transfer-Encoding: chunked") + "zz\r\n" + Hidden),

        ["length and chunks"] = Closed(413, With("Content-Length: 5", "Transfer-Encoding: chunked") + Chunks + Hidden),
        ["chunks and length"] = Closed(413, With("Transfer-Encoding: chunked", "Content-Length: 5") + Chunks + Hidden),
        ["two equal lengths"] = Closed(400, With("Content-Length: 0", "Content-Length: 0") + Hidden),
        ["two lengths, the second longer"] = Closed(400, With("Content-Length: 0", Length) + Hidden),
        ["two lengths, the first longer"] = Closed(400, With(Length, "Content-Length: 0") + Hidden),
        ["list of lengths"] = Closed(400, With("Content-Length: 0, 0") + Hidden),
        ["length with a plus"] = Closed(413, With("Content-Length: +5") + Hidden),
        ["length with a minus"] = Closed(400, With("Content-Length: -5") + Hidden),
        ["length with a space"] = Closed(400, With("Content-Length: 5 5") + Hidden),
        ["length between spaces"] = Closed(413, With("Content-Length:   5  ") + Hidden),
        ["length in hexadecimal"] = Closed(400, With("Content-Length: 0x5") + Hidden),
        ["length with a point"] = Closed(400, With("Content-Length: 0.0") + Hidden),
        ["length without a number"] = Closed(400, With("Content-Length:") + Hidden),
        ["length in other digits"] = Closed(400, With("Content-Length: \u00d9\u00a0") + Hidden),
        ["longest length"] = Closed(413, With("Content-Length: 9223372036854775807") + Hidden),
        ["length that no number holds"] = Closed(400, With("Content-Length: 99999999999999999999") + Hidden),
        ["length with a space before its colon"] = Closed(400, With("Content-Length : 5") + Hidden),

        ["coding that is almost chunked"] = Closed(400, With("Transfer-Encoding: xchunked") + Chunks + Hidden),
        ["coding after two spaces"] = Closed(413, With("Transfer-Encoding:  chunked") + Chunks + Hidden),
        ["coding with a space before its colon"] = Closed(400, With("Transfer-Encoding : chunked") + Chunks + Hidden),
        ["coding after a vertical tab"] = Closed(400, With("Transfer-Encoding: \vchunked") + Chunks + Hidden),
        ["coding in quotes"] = Closed(400, With("Transfer-Encoding: \"chunked\"") + Chunks + Hidden),
        ["coding in capitals"] = Closed(413, With("tRANSFER-eNCODING: CHUNKED") + Chunks + Hidden),
        ["coding on a folded line"] = Closed(400, With("Transfer-Encoding:", " chunked") + Chunks + Hidden),
        ["no coding"] = Closed(400, With("Transfer-Encoding:") + Hidden),
        ["identity"] = Closed(400, With("Transfer-Encoding: identity") + Hidden),
        ["gzip, chunked"] = Closed(413, With("Transfer-Encoding: gzip, chunked") + Chunks + Hidden),
        ["chunked, identity"] = Closed(400, With("Transfer-Encoding: chunked, identity") + Chunks + Hidden),
        ["chunked and identity"] = Closed(400, With("Transfer-Encoding: chunked", "Transfer-Encoding: identity") + Chunks + Hidden),
        ["identity and chunked"] = Closed(413, With("Transfer-Encoding: identity", "Transfer-Encoding: chunked") + Chunks + Hidden),
        ["coding in HTTP/1.0"] = Closed(413, Head("GET /livez HTTP/1.0", "Transfer-Encoding: chunked") + Chunks + Hidden),
        ["chunked body of an upgrade"] = Closed(
            413, With("Transfer-Encoding: chunked", "Connection: Upgrade", "Upgrade: websocket") + Chunks + Hidden),

        ["two probes in one segment"] = new(Livez("Host: pod") + Hidden, [200, 200], IsKept: true, Questions: 2),
        ["a probe behind an unknown path"] = new(Get("/nosuch") + Hidden, [404, 200], IsKept: true, Questions: 1),
        ["a probe behind another method"] = new(
            Head("POST /livez HTTP/1.1", "Host: pod") + Hidden, [405, 200], IsKept: true, Questions: 1),
        ["a probe behind an upgrade that is refused"] = new(
            With("Connection: Upgrade", "Upgrade: websocket") + Hidden, [200, 200], IsKept: true, Questions: 2),
        ["a probe behind an underscore for the hyphen of a length"] = new(
            With("Content_Length: 38") + Hidden, [200, 200], IsKept: true, Questions: 2),
        ["a probe behind the last of a connection"] = new(With("Connection: close") + Hidden, [200], IsKept: false, Questions: 1),
        ["a probe behind a hook without its key"] = Unanswered(Get("/app-lifecycle/app/preStop") + Hidden),
        ["garbage behind a probe"] = new(Livez("Host: pod") + "garbage\r\n\r\n", [200, 400], IsKept: false, Questions: 1),

        ["HTTP/1.0 without Host"] = new(Head("GET /livez HTTP/1.0"), [200], IsKept: false, Questions: 1),
        ["HTTP/1.0 that keeps its connection"] = Probe(Head("GET /livez HTTP/1.0", "Connection: keep-alive")),
        ["HTTP/0.9"] = Closed(400, "GET /livez\r\n"),
        ["HTTP/0.9 with its name"] = Closed(505, Head("GET /livez HTTP/0.9", "Host: pod")),
        ["HTTP/1.2"] = Closed(505, Head("GET /livez HTTP/1.2", "Host: pod")),
        ["HTTP/2.0"] = Closed(505, Head("GET /livez HTTP/2.0", "Host: pod")),
        ["HTTP/2"] = Closed(400, Head("GET /livez HTTP/2", "Host: pod")),
        ["HTTP/1"] = Closed(400, Head("GET /livez HTTP/1", "Host: pod")),
        ["HTTP/1.10"] = Closed(400, Head("GET /livez HTTP/1.10", "Host: pod")),
        ["HTTP/01.1"] = Closed(400, Head("GET /livez HTTP/01.1", "Host: pod")),
        ["http/1.1"] = Closed(505, Head("GET /livez http/1.1", "Host: pod")),
        ["HTTPS/1.1"] = Closed(400, Head("GET /livez HTTPS/1.1", "Host: pod")),
        ["no version"] = Closed(400, Head("GET /livez ", "Host: pod")),
    };

    private static string Length => $"Content-Length: {Hidden.Length}";

    private static string With(params string[] headers) => Livez(["Host: pod", .. headers]);
}
