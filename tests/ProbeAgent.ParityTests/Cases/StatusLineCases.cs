using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests.Cases;

/// <summary>Odd first lines before an otherwise good answer, and first bytes that are no HTTP at all.</summary>
internal static class StatusLineCases
{
    private static readonly (string Name, string Line)[] Lines =
    [
        ("http-1.0", "HTTP/1.0 200 OK"),
        ("http-0.9", "HTTP/0.9 200 OK"),
        ("http-1.2", "HTTP/1.2 200 OK"),
        ("http-1.9", "HTTP/1.9 200 OK"),
        ("http-1.10", "HTTP/1.10 200 OK"),
        ("http-1.01", "HTTP/1.01 200 OK"),
        ("http-01.1", "HTTP/01.1 200 OK"),
        ("http-11.1", "HTTP/11.1 200 OK"),
        ("http-2.0", "HTTP/2.0 200 OK"),
        ("http-2", "HTTP/2 200 OK"),
        ("http-3.0", "HTTP/3.0 200 OK"),
        ("http-1", "HTTP/1 200 OK"),
        ("http-1-dot", "HTTP/1. 200 OK"),
        ("http-plus-1.1", "HTTP/+1.1 200 OK"),
        ("http-1.1a", "HTTP/1.1a 200 OK"),
        ("http-comma", "HTTP/1,1 200 OK"),
        ("no-version", "HTTP 200 OK"),
        ("lower-case", "http/1.1 200 OK"),
        ("mixed-case", "Http/1.1 200 OK"),
        ("https", "HTTPS/1.1 200 OK"),
        ("icy", "ICY 200 OK"),
        ("rtsp", "RTSP/1.0 200 OK"),
        ("no-reason", "HTTP/1.1 200"),
        ("empty-reason", "HTTP/1.1 200 "),
        ("reason-of-spaces", "HTTP/1.1 200     "),
        ("two-spaces", "HTTP/1.1  200 OK"),
        ("tab-before-code", "HTTP/1.1\t200 OK"),
        ("tab-after-code", "HTTP/1.1 200\tOK"),
        ("no-space-after-code", "HTTP/1.1 200OK"),
        ("leading-space", " HTTP/1.1 200 OK"),
        ("leading-tab", "\tHTTP/1.1 200 OK"),
        ("leading-crlf", "\r\nHTTP/1.1 200 OK"),
        ("leading-lf", "\nHTTP/1.1 200 OK"),
        ("leading-two-crlf", "\r\n\r\nHTTP/1.1 200 OK"),
        ("leading-nul", "\0HTTP/1.1 200 OK"),
        ("leading-bom", "\u00ef\u00bb\u00bfHTTP/1.1 200 OK"),
        ("trailing-space", "HTTP/1.1 200 OK "),
        ("trailing-cr", "HTTP/1.1 200 OK\r"),
        ("code-one-digit", "HTTP/1.1 2 OK"),
        ("code-two-digits", "HTTP/1.1 20 OK"),
        ("code-four-digits", "HTTP/1.1 2000 OK"),
        ("code-leading-zero", "HTTP/1.1 0200 OK"),
        ("code-with-letter", "HTTP/1.1 20a OK"),
        ("code-signed", "HTTP/1.1 +20 OK"),
        ("code-negative", "HTTP/1.1 -20 OK"),
        ("code-negative-three", "HTTP/1.1 -200 OK"),
        ("code-fraction", "HTTP/1.1 2.0 OK"),
        ("code-hexadecimal", "HTTP/1.1 0xC OK"),
        ("code-dotted", "HTTP/1.1 200.1 OK"),
        ("code-missing", "HTTP/1.1 OK"),
        ("code-and-reason-missing", "HTTP/1.1"),
        ("code-and-reason-missing-space", "HTTP/1.1 "),
        ("code-only", "200 OK"),
        ("empty", ""),
        ("word", "OK"),
        ("reason-latin-1", "HTTP/1.1 200 \u00fcber"),
        ("reason-utf-8", "HTTP/1.1 200 \u00e2\u0082\u00ac"),
        ("reason-nul", "HTTP/1.1 200 O\0K"),
        ("reason-control", "HTTP/1.1 200 O\u0001K"),
        ("reason-delete", "HTTP/1.1 200 O\u007fK"),
        ("reason-tab", "HTTP/1.1 200 O\tK"),
        ("reason-cr", "HTTP/1.1 200 O\rK"),
        ("reason-4-kib", "HTTP/1.1 200 " + new string('x', 4 << 10)),
        ("reason-40-kib", "HTTP/1.1 200 " + new string('x', 40 << 10)),
        ("reason-1-mib", "HTTP/1.1 200 " + new string('x', 1 << 20)),
    ];

    private static readonly (string Name, string Bytes)[] OtherProtocols =
    [
        ("html", "<!doctype html><title>ok</title>\n"),
        ("json", "{\"status\":\"ok\"}\n"),
        ("text", "ok\n"),
        ("one-byte", "H"),
        ("http-word", "HTTP"),
        ("ssh", "SSH-2.0-OpenSSH_9.2\r\n"),
        ("smtp", "220 mail.example ESMTP\r\n"),
        ("redis", "-ERR unknown command\r\n"),
        ("mysql", "J\0\0\0\n8.0.36\0"),
        ("tls-alert", "\u0015\u0003\u0001\0\u0002\u0002\u0016"),
        ("http2-settings", "\0\0\u0006\u0004\0\0\0\0\0\0\u0003\0\0\0d"),
        ("zeros", new string('\0', 1024)),
        ("crlf-only", "\r\n"),
        ("empty-lines", string.Concat(Enumerable.Repeat("\r\n", 100))),
        ("no-line-end-2-mib", new string('x', 2 << 20)),
    ];

    public static IEnumerable<ParityCase> All() =>
        Lines.Select(one => new ParityCase($"status-line/{one.Name}", Answer.Whole(one.Line)))
            .Append(new ParityCase("status-line/lf-only", Answer.Of("HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\nok")))
            .Append(new ParityCase("status-line/cr-only", Answer.Of("HTTP/1.1 200 OK\rContent-Length: 2\r\n\r\nok")))
            .Append(new ParityCase("status-line/nothing-but", Answer.Of("HTTP/1.1 200 OK\r\n\r\n")))
            .Append(new ParityCase("status-line/nothing-but-1.0", Answer.Of("HTTP/1.0 200 OK\r\n\r\n")))
            .Concat(OtherProtocols.Select(one => new ParityCase($"status-line/not-http-{one.Name}", Answer.Of(one.Bytes))));
}
