using static ProbeAgent.BlackBoxTests.Requests.RawRequest;

namespace ProbeAgent.BlackBoxTests.Requests;

/// <summary>Requests that are odd in their headers, as far as those do not say where the request ends.</summary>
internal static class HeaderRows
{
    public static Dictionary<string, RawRequest> All { get; } = new()
    {
        ["no Host"] = Closed(400, Livez()),
        ["empty Host"] = Probe(Livez("Host:")),
        ["two Hosts"] = Closed(400, Livez("Host: pod", "Host: evil.example")),
        ["the same Host twice"] = Closed(400, Livez("Host: pod", "Host: pod")),
        ["another Host"] = Probe(Livez("Host: evil.example")),
        ["Host with a port"] = Probe(Livez("Host: evil.example:99")),
        ["Host with an IPv6 address"] = Probe(Livez("Host: [::1]:99")),
        ["Host with half an IPv6 address"] = Closed(400, Livez("Host: [::1")),
        ["Host with a port that is no number"] = Closed(400, Livez("Host: pod:port")),
        ["Host with a space"] = Closed(400, Livez("Host: pod evil.example")),
        ["Host with a path"] = Closed(400, Livez("Host: pod/livez")),
        ["Host with a user"] = Closed(400, Livez("Host: user@pod")),
        ["Host with a list"] = Closed(400, Livez("Host: pod, evil.example")),
        ["Host with a byte above 127"] = Closed(400, Livez("Host: p\u00f6d")),
        ["space before the colon of Host"] = Closed(400, Livez("Host : pod")),

        ["forwarding headers"] = Probe(Livez(
            "Host: pod", "X-Forwarded-For: 6.6.6.6", "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "X-Forwarded-Port: 99",
            "X-Forwarded-Prefix: /evil", "Forwarded: for=evil.example;host=evil.example;proto=https", "X-Real-IP: 6.6.6.6",
            "Via: 1.1 evil.example", "X-Envoy-Original-Path: /evil")),
        ["headers that rewrite a path"] = Kept(404, Get("/nosuch", "X-Original-URL: /livez", "X-Rewrite-URL: /livez", "X-Forwarded-Prefix: /livez")),
        ["headers that rewrite a known path"] = Probe(Livez("Host: pod", "X-Original-URL: /relay/app", "X-Rewrite-URL: /relay/app")),
        ["headers that make it GET"] = Kept(405, Head(
            "POST /livez HTTP/1.1", "Host: pod", "X-HTTP-Method-Override: GET", "X-HTTP-Method: GET", "X-Method-Override: GET")),
        ["headers that make it DELETE"] = Probe(Livez("Host: pod", "X-HTTP-Method-Override: DELETE", "X-HTTP-Method: DELETE")),
        ["Host as a header of the hop"] = Probe(Livez("Host: pod", "Connection: Host, User-Agent")),
        ["TE and Trailer"] = Probe(Livez("Host: pod", "TE: trailers", "Trailer: Host")),

        ["upgrade to WebSocket"] = Probe(Livez(
            "Host: pod", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")),
        ["upgrade to HTTP/2"] = Probe(Livez(
            "Host: pod", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA")),
        ["upgrade to TLS"] = Probe(Livez("Host: pod", "Connection: Upgrade", "Upgrade: TLS/1.2")),
        ["Expect"] = Probe(Livez("Host: pod", "Expect: 100-continue")),
        ["Expect with a body"] = Closed(413, Livez("Host: pod", "Expect: 100-continue", "Content-Length: 5")),
        ["Expect of something else"] = Probe(Livez("Host: pod", "Expect: 200-ok")),

        ["space before a colon"] = Closed(400, Livez("Host: pod", "X-Odd : 1")),
        ["space in a name"] = Closed(400, Livez("Host: pod", "X Odd: 1")),
        ["no name"] = Closed(400, Livez("Host: pod", ": 1")),
        ["NUL in a name"] = Closed(400, Livez("Host: pod", "X-\0: 1")),
        ["NUL in a value"] = Closed(400, Livez("Host: pod", "X-Odd: a\0b")),
        ["byte above 127 in a name"] = Closed(400, Livez("Host: pod", "X-\u00e4: 1")),
        ["byte above 127 in a value"] = Closed(400, Livez("Host: pod", "X-Odd: \u00e4")),
        ["control character in a value"] = Probe(Livez("Host: pod", "X-Odd: a\u0001b")),
        ["folded line"] = Closed(400, Livez("Host: pod", "X-Odd: a", " b")),
        ["folded line, by a tab"] = Closed(400, Livez("Host: pod", "X-Odd: a", "\tb")),
        ["folded first line"] = Closed(400, Livez(" X-Odd: a", "Host: pod")),
        ["100 headers"] = Probe(Livez(["Host: pod", .. Enumerable.Range(1, 99).Select(number => $"X-{number}: x")])),
        ["101 headers"] = Closed(431, Livez(["Host: pod", .. Enumerable.Range(1, 100).Select(number => $"X-{number}: x")])),

        // A recipient may take a bare LF for the end of a line (RFC 9112, section 2.2).
        ["bare LF at every end"] = Probe("GET /livez HTTP/1.1\nHost: pod\n\n"),
        ["bare LF after the request line"] = Probe("GET /livez HTTP/1.1\nHost: pod\r\n\r\n"),
        ["bare LF after a header"] = Probe("GET /livez HTTP/1.1\r\nHost: pod\nX-Odd: 1\r\n\r\n"),
        ["bare LF for the empty line"] = Probe("GET /livez HTTP/1.1\r\nHost: pod\r\n\n"),
        ["bare CR in a header"] = Closed(400, Livez("Host: pod\rX-Odd: 1")),
        ["bare CR for the empty line"] = Closed(400, "GET /livez HTTP/1.1\r\nHost: pod\r\n\r\r\n"),
        ["two CRs at an end"] = Closed(400, Livez("Host: pod\r")),

        // ... and should pass over empty lines before a request (the same section).
        ["empty line before"] = Probe("\r\n" + Livez("Host: pod")),
        ["two empty lines before"] = Probe("\r\n\r\n" + Livez("Host: pod")),
        ["LF before"] = Probe("\n" + Livez("Host: pod")),
        ["space before"] = Closed(400, " " + Livez("Host: pod")),
    };
}
