using System.Globalization;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests.Cases;

/// <summary>Odd header lines in an otherwise good answer.</summary>
internal static class HeaderCases
{
    // Each is put between the status line and Content-Length, ended by CRLF.
    private static readonly (string Name, string Lines)[] Lines =
    [
        ("usual", "Content-Type: text/plain; charset=utf-8\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nServer: x"),
        ("same-twice", "X-Same: 1\r\nX-Same: 1"),
        ("content-type-twice", "Content-Type: text/plain\r\nContent-Type: text/html"),
        ("content-type-garbage", "Content-Type: ;;;"),
        ("date-garbage", "Date: yesterday"),
        ("expires-minus-one", "Expires: -1"),
        ("last-modified-garbage", "Last-Modified: 0"),
        ("retry-after-garbage", "Retry-After: soon"),
        ("content-range-garbage", "Content-Range: x"),
        ("etag-unquoted", "ETag: abc"),
        ("connection-close", "Connection: close"),
        ("connection-keep-alive", "Connection: keep-alive"),
        ("connection-upgrade", "Connection: Upgrade\r\nUpgrade: h2c"),
        ("connection-garbage", "Connection: ,;,"),
        ("keep-alive", "Keep-Alive: timeout=5, max=100"),
        ("proxy-connection", "Proxy-Connection: keep-alive"),
        ("set-cookie", "Set-Cookie: a=b; Path=/"),
        ("set-cookie-garbage", "Set-Cookie: ;=;"),
        ("location-on-200", "Location: /elsewhere"),
        ("content-encoding-gzip-but-plain", "Content-Encoding: gzip"),
        ("content-encoding-unknown", "Content-Encoding: x"),
        ("trailer-announced", "Trailer: X-End"),
        ("trailer-forbidden", "Trailer: Content-Length"),
        ("alt-svc", "Alt-Svc: h3=\":443\""),
        ("hsts", "Strict-Transport-Security: max-age=1"),
        ("warning", "Warning: 199 - \"x\""),
        ("folded-space", "X-Folded: one\r\n two"),
        ("folded-tab", "X-Folded: one\r\n\ttwo"),
        ("folded-empty", "X-Folded: one\r\n "),
        ("folded-first-line", " X-Folded: one"),
        ("folded-first-line-tab", "\tX-Folded: one"),
        ("folded-at-once", "X-Folded:\r\n one"),
        ("no-colon", "X-Word"),
        ("no-colon-with-space", "X-Word one"),
        ("colon-only", ":"),
        ("empty-name", ": one"),
        ("empty-value", "X-Empty:"),
        ("value-of-spaces", "X-Empty:    "),
        ("no-space-after-colon", "X-Tight:one"),
        ("many-spaces-around", "X-Wide:    one    "),
        ("tabs-around", "X-Wide:\tone\t"),
        ("space-before-colon", "X-Space : one"),
        ("tab-before-colon", "X-Space\t: one"),
        ("space-in-name", "X Space: one"),
        ("leading-dash-name", "-X: one"),
        ("digits-name", "0123: one"),
        ("underscore-name", "X_Under: one"),
        ("all-token-characters-name", "!#$%&'*+-.^_`|~aA0: one"),
        ("latin-1-name", "X-\u00fc: one"),
        ("nul-in-name", "X-\0: one"),
        ("control-in-name", "X-\u0001: one"),
        ("delete-in-name", "X-\u007f: one"),
        ("cr-in-name", "X-\rA: one"),
        ("name-4-kib", new string('X', 4 << 10) + ": one"),
        ("latin-1-value", "X-Value: \u00fc"),
        ("utf-8-value", "X-Value: \u00e2\u0082\u00ac"),
        ("invalid-utf-8-value", "X-Value: \u00ff\u00fe"),
        ("nul-value", "X-Value: a\0b"),
        ("nul-first-in-value", "X-Value: \0"),
        ("control-value", "X-Value: a\u0001b"),
        ("bell-value", "X-Value: a\u0007b"),
        ("escape-value", "X-Value: \u001b[31mred"),
        ("vertical-tab-value", "X-Value: a\u000bb"),
        ("form-feed-value", "X-Value: a\u000cb"),
        ("delete-value", "X-Value: a\u007fb"),
        ("cr-in-value", "X-Value: a\rb"),
        ("cr-last-in-value", "X-Value: a\r"),
        ("cr-first-in-value", "X-Value: \ra"),
        ("two-cr-last", "X-Value: a\r\r"),
        ("lf-in-value", "X-Value: a\nb"),
        ("lf-line-end", "X-Value: a\nX-More: b"),
        ("quote-open", "X-Value: \"a"),
        ("colon-in-value", "X-Value: a:b:c"),
        ("status-line-again", "HTTP/1.1 200 OK"),
        ("request-line", "GET / HTTP/1.1"),
        ("value-8-kib", "X-Value: " + new string('x', 8 << 10)),
        ("value-16-kib", "X-Value: " + new string('x', 16 << 10)),
        ("value-32-kib", "X-Value: " + new string('x', 32 << 10)),
        ("value-60-kib", "X-Value: " + new string('x', 60 << 10)),
        ("value-100-kib", "X-Value: " + new string('x', 100 << 10)),
        ("value-1-mib", "X-Value: " + new string('x', 1 << 20)),
        ("value-11-mib", "X-Value: " + new string('x', 11 << 20)),
        ("count-100", Many(100, 8)),
        ("count-500", Many(500, 8)),
        ("count-1000", Many(1000, 8)),
        ("count-5000", Many(5000, 8)),
        ("count-60-of-1-kib", Many(60, 1000)),
        ("count-100-of-1-kib", Many(100, 1000)),
    ];

    // Characters that are no part of a token: RFC 9110, 5.6.2.
    private const string Separators = "()<>@,;\\\"/[]?={}";

    private static readonly (string Name, string Whole)[] Heads =
    [
        ("all-lf", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok"),
        ("lf-before-body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\nok"),
        ("crlf-then-lf-crlf", "HTTP/1.1 200 OK\r\nContent-Length: 2\n\r\nok"),
        ("cr-cr-lf-before-body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\r\nok"),
        ("cr-only-lines", "HTTP/1.1 200 OK\rContent-Length: 2\r\rok"),
        ("no-empty-line", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"),
        ("no-empty-line-no-header", "HTTP/1.1 200 OK\r\n"),
        ("half-empty-line", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r"),
        ("half-header", "HTTP/1.1 200 OK\r\nContent-Len"),
        ("space-line-before-body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n \r\n\r\nok"),
        ("401-with-challenge", "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"),
        ("407-with-challenge", "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"),
        ("401-negotiate", "HTTP/1.1 401 No\r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n"),
        ("413-retry-after", "HTTP/1.1 413 No\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"),
        ("503-retry-after", "HTTP/1.1 503 No\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"),
    ];

    public static IEnumerable<ParityCase> All() =>
        Lines.Select(one => new ParityCase($"header/{one.Name}", Answer.Whole("HTTP/1.1 200 OK", "ok", one.Lines)))
            .Concat(Separators.Select(character => new ParityCase(
                string.Create(CultureInfo.InvariantCulture, $"header/name-with-x{(int)character:x2}"),
                Answer.Whole("HTTP/1.1 200 OK", "ok", $"X{character}Y: one"))))
            .Concat(Heads.Select(one => new ParityCase($"header/{one.Name}", Answer.Of(one.Whole))));

    private static string Many(int count, int length) =>
        string.Join("\r\n", Enumerable.Range(0, count).Select(number => $"X-{number}: {new string('x', length)}"));
}
