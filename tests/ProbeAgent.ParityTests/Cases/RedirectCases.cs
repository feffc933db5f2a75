using System.Globalization;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests.Cases;

/// <summary>Redirects: where they lead, how often, and what is wrong with them. Whatever is not said otherwise answers 200.</summary>
internal static class RedirectCases
{
    /// <summary>The path that every case is asked for.</summary>
    public const string Start = "/status";

    private const string Hop = "/hop/";

    private static readonly string[] Codes = ["300", "301", "302", "303", "304", "305", "306", "307", "308", "399"];

    // The value of Location; what stands in braces is filled in when it is sent.
    private static readonly (string Name, string Location)[] Locations =
    [
        ("absolute-path", "/next"),
        ("relative", "next"),
        ("relative-dot", "./next"),
        ("relative-dot-dot", "../next"),
        ("dot-segments", "/a/./b/../next"),
        ("dot-segments-above-root", "/../../next"),
        ("encoded-dot-segments", "/a/%2e%2e/next"),
        ("double-slash-path", "/a//next"),
        ("query", "/next?a=b&c=d"),
        ("query-only", "?a=b"),
        ("query-empty", "/next?"),
        ("query-with-space", "/next?a=b c"),
        ("query-invalid-percent", "/next?a=%zz"),
        ("fragment", "/next#part"),
        ("fragment-only", "#part"),
        ("query-and-fragment", "/next?a=b#part"),
        ("percent-encoded", "/n%65xt"),
        ("percent-encoded-slash", "/a%2Fnext"),
        ("percent-lower-case", "/%c3%bc"),
        ("percent-invalid", "/%zz"),
        ("percent-cut", "/next%"),
        ("space-inside", "/next one"),
        ("spaces-around", "   /next   "),
        ("tab-inside", "/next\tone"),
        ("latin-1", "/\u00fc"),
        ("utf-8", "/\u00c3\u00bc"),
        ("control", "/next\u0001"),
        ("delete", "/next\u007f"),
        ("backslash", "\\next"),
        ("backslash-inside", "/a\\next"),
        ("backslashes-host", "\\\\{host}:{port}\\next"),
        ("slash-backslash-host", "/\\example.com/next"),
        ("quotes", "/\"next\""),
        ("angle-brackets", "</next>"),
        ("braces", "/{next}"),
        ("pipe", "/a|b"),
        ("caret-and-backtick", "/^`"),
        ("square-brackets", "/[next]"),
        ("semicolon", "/next;a=b"),
        ("colon-in-first-segment", "a:b"),
        ("colon-in-path", "/a:b"),
        ("asterisk", "*"),
        ("empty", ""),
        ("root", "/"),
        ("same-host", "http://{host}:{port}/next"),
        ("same-host-no-path", "http://{host}:{port}"),
        ("same-host-query-no-path", "http://{host}:{port}?a=b"),
        ("same-host-upper-case-scheme", "HTTP://{host}:{port}/next"),
        ("same-host-other-port", "http://{host}:{other}/next"),
        ("same-host-port-leading-zero", "http://{host}:0{port}/next"),
        ("same-host-port-zero", "http://{host}:0/next"),
        ("same-host-port-too-large", "http://{host}:99999/next"),
        ("same-host-port-word", "http://{host}:http/next"),
        ("same-host-port-signed", "http://{host}:+{port}/next"),
        ("same-host-two-ports", "http://{host}:{port}:{port}/next"),
        ("same-host-percent-encoded", "http://127.0.0.%31:{port}/next"),
        ("same-host-trailing-dot", "http://{host}.:{port}/next"),
        ("same-host-userinfo", "http://user:secret@{host}:{port}/next"),
        ("same-host-user-only", "http://user@{host}:{port}/next"),
        ("same-host-userinfo-empty", "http://@{host}:{port}/next"),
        ("same-host-https", "https://{host}:{tls}/next"),
        ("same-host-https-to-plain-port", "https://{host}:{other}/next"),
        ("same-host-http-to-tls-port", "http://{host}:{tls}/next"),
        ("same-host-agents-own-port", "http://{host}:{agent}/-/healthy"),
        ("same-host-one-slash", "http:/{host}:{port}/next"),
        ("same-host-no-slashes", "http:{host}:{port}/next"),
        ("same-host-three-slashes", "http:///{host}:{port}/next"),
        ("scheme-only", "http:"),
        ("scheme-and-path", "http:/next"),
        ("no-host", "http:///next"),
        ("scheme-relative", "//{host}:{port}/next"),
        ("scheme-relative-no-path", "//{host}:{port}"),
        ("scheme-relative-other-host", "//example.com/next"),
        ("three-slashes", "///next"),
        ("other-host", "http://example.com/next"),
        ("other-host-https", "https://example.com/next"),
        ("other-host-localhost", "http://localhost:{port}/next"),
        ("other-host-127.0.0.2", "http://127.0.0.2:{port}/next"),
        ("other-host-short-form", "http://127.1:{port}/next"),
        ("other-host-decimal-form", "http://2130706433:{port}/next"),
        ("other-host-octal-form", "http://0177.0.0.1:{port}/next"),
        ("other-host-ipv6", "http://[::1]:{port}/next"),
        ("other-host-ipv4-in-ipv6", "http://[::ffff:127.0.0.1]:{port}/next"),
        ("other-host-invalid-name", "http://exa_mple..com/next"),
        ("other-host-space-in-name", "http://exam ple.com/next"),
        ("other-host-bracket-open", "http://[::1/next"),
        ("other-host-userinfo-trick", "http://{host}:{port}@example.com/next"),
        ("ftp-same-host", "ftp://{host}/next"),
        ("ws-same-host", "ws://{host}:{port}/next"),
        ("unix", "unix:///var/run/app.sock"),
        ("mailto", "mailto:someone@example.com"),
        ("javascript", "javascript:alert(1)"),
        ("data", "data:text/plain,ok"),
        ("file", "file:///etc/passwd"),
        ("file-same-host", "file://{host}/etc/passwd"),
        ("about", "about:blank"),
        ("scheme-invalid", "1http://{host}:{port}/next"),
        ("colon-first", ":next"),
        ("2-kib", "/" + new string('x', 2 << 10)),
        ("16-kib", "/" + new string('x', 16 << 10)),
    ];

    public static IEnumerable<ParityCase> All() =>
        Locations.Select(one => Case($"to-{one.Name}", addresses => Moved("302", addresses.Fill(one.Location))))
            .Concat(Codes.Select(code => Case($"code-{code}", _ => Moved(code, "/next"))))
            .Concat(Codes.Select(code => Case($"code-{code}-no-location", _ => Answer.Whole($"HTTP/1.1 {code} Moved"))))
            .Concat(Codes.Select(code => Case($"code-{code}-other-host", _ => Moved(code, "http://example.com/"))))
            .Concat(Enumerable.Range(0, 5).Append(8).Append(9).Append(10).Append(11).Select(Hops))
            .Concat(Loops())
            .Concat(LastAnswers())
            .Concat(OddBodies());

    private static IEnumerable<ParityCase> Loops() =>
    [
        new("redirect/loop-to-itself", Moved("302", Start)),
        new("redirect/loop-of-two", (request, _) => Moved("302", request.Target == Start ? "/b" : Start)),
        new("redirect/loop-growing", (request, _) => Moved("302", request.Target + "x")),
        new("redirect/hops-then-other-host", (request, _) =>
            request.Target == "/b" ? Moved("302", "http://example.com/") : Moved("302", "/b")),
        new("redirect/nine-hops-then-other-host", (request, _) => NumberOf(request) < 9
            ? Moved("302", Hop + (NumberOf(request) + 1).ToString(CultureInfo.InvariantCulture))
            : Moved("302", "http://example.com/")),
        new("redirect/ten-hops-then-other-host", (request, _) => NumberOf(request) < 10
            ? Moved("302", Hop + (NumberOf(request) + 1).ToString(CultureInfo.InvariantCulture))
            : Moved("302", "http://example.com/")),
    ];

    private static IEnumerable<ParityCase> LastAnswers() =>
    [
        After("then-404", Answer.Whole("HTTP/1.1 404 No")),
        After("then-500", Answer.Whole("HTTP/1.1 500 No")),
        After("then-204", Answer.Of("HTTP/1.1 204 No Content\r\n\r\n")),
        After("then-304", Answer.Of("HTTP/1.1 304 Not Modified\r\n\r\n")),
        After("then-302-without-location", Answer.Whole("HTTP/1.1 302 Moved")),
        After("then-garbage", Answer.Of("garbage\r\n\r\n")),
        After("then-end", Answer.Nothing),
        After("then-reset", Answer.Nothing.ThenReset()),
        After("then-silence", Answer.Nothing.ThenStall()),
        After("then-body-short", Answer.Of("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok")),
        After("then-body-stalls", Answer.Of("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok").ThenStall()),
        new("redirect/to-a-closed-port", (_, addresses) => Moved("302", addresses.Fill("http://{host}:1/next"))),
    ];

    private static IEnumerable<ParityCase> OddBodies()
    {
        const string head = "HTTP/1.1 302 Moved\r\nLocation: /next\r\n";
        return
        [
            Case("without-length", _ => Answer.Of(head + "\r\nmoved")),
            Case("body-short", _ => Answer.Of(head + "Content-Length: 100\r\n\r\nmoved")),
            Case("body-reset", _ => Answer.Of(head + "Content-Length: 100\r\n\r\nmoved").ThenReset()),
            Case("body-stalls", _ => Answer.Of(head + "Content-Length: 100\r\n\r\nmoved").ThenStall()),
            Case("body-stalls-2-kib", _ => Answer.Of(head + "Content-Length: 2048\r\n\r\nmoved").ThenStall()),
            Case("body-stalls-above-2-kib", _ => Answer.Of(head + "Content-Length: 2049\r\n\r\nmoved").ThenStall()),
            Case("body-stalls-without-length", _ => Answer.Of(head + "\r\nmoved").ThenStall()),
            Case("body-stalls-chunked", _ => Answer.Of(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nmoved\r\n").ThenStall()),
            Case("body-chunks-bad", _ => Answer.Of(head + "Transfer-Encoding: chunked\r\n\r\ngarbage")),
            Case("body-whole-then-stalls", _ => Answer.Of(head + "Content-Length: 5\r\n\r\nmoved").ThenStall()),
            Case("body-endless", _ => Answer.Of(head + "\r\n").ThenEndlessly(new string('x', 1024))),
            Case("body-1-mib", _ => Answer.Of($"{head}Content-Length: 1048576\r\n\r\n{new string('x', 1 << 20)}")),
            Case("location-twice", _ => Answer.Of($"HTTP/1.1 302 Moved\r\nLocation: /next\r\nLocation: {Start}\r\nContent-Length: 0\r\n\r\n")),
            Case("location-twice-other-order", _ => Answer.Of($"HTTP/1.1 302 Moved\r\nLocation: {Start}\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n")),
            Case("location-twice-other-host-last", _ => Answer.Of("HTTP/1.1 302 Moved\r\nLocation: /next\r\nLocation: http://example.com/\r\nContent-Length: 0\r\n\r\n")),
            Case("location-lower-case-name", _ => Answer.Of("HTTP/1.1 302 Moved\r\nlocation: /next\r\nContent-Length: 0\r\n\r\n")),
            Case("set-cookie", _ => Answer.Of(head + "Set-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")),
            Case("after-100", _ => Answer.Of($"HTTP/1.1 100 Continue\r\n\r\n{head}Content-Length: 0\r\n\r\n")),
            Case("http-1.0", _ => Answer.Of("HTTP/1.0 302 Moved\r\nLocation: /next\r\n\r\n")),
        ];
    }

    private static ParityCase Hops(int count) => new(
        string.Create(CultureInfo.InvariantCulture, $"redirect/hops-{count:00}"),
        (request, _) => NumberOf(request) < count
            ? Moved("302", Hop + (NumberOf(request) + 1).ToString(CultureInfo.InvariantCulture))
            : Answer.Whole("HTTP/1.1 200 OK"));

    private static int NumberOf(ReceivedRequest request) =>
        request.Target.StartsWith(Hop, StringComparison.Ordinal)
            ? int.Parse(request.Target[Hop.Length..], CultureInfo.InvariantCulture)
            : 0;

    private static ParityCase After(string name, Answer last) =>
        new($"redirect/{name}", (request, _) => request.Target == Start ? Moved("302", "/next") : last);

    private static ParityCase Case(string name, Func<Addresses, Answer> first) =>
        new($"redirect/{name}", (request, addresses) =>
            request.Target is Start or "" ? first(addresses) : Answer.Whole("HTTP/1.1 200 OK"));

    private static Answer Moved(string code, string location) =>
        Answer.Whole($"HTTP/1.1 {code} Moved", "moved", $"Location: {location}");
}
