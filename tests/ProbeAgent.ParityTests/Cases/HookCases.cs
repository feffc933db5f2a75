using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests.Cases;

/// <summary>
/// What an app may do with a lifecycle hook: those of the catalogue in which the kubelet might see an error, plain and over TLS.
/// </summary>
internal static class HookCases
{
    private static readonly string[] Prefixes =
    [
        "status/200", "status/204", "status/302", "status/304", "status/400", "status/404", "status/500", "status/503", "status/599",
        "status/600", "status/999", "status-line/not-http", "closing/", "redirect/", "length/twice", "length/longer", "length/chunked-but",
        "body/short", "body/10-kib", "body/1-mib", "body/stall", "body/reset", "body/late", "body/until-end-10-kib", "interim/100-x-0",
    ];

    private static readonly Answer Good = Answer.Whole("HTTP/1.1 200 OK");
    private static readonly Answer Bad = Answer.Whole("HTTP/1.1 503 No", "no");

    /// <summary>Of a hook with <c>scheme: HTTP</c>.</summary>
    public static IReadOnlyList<ParityCase> Plain { get; } =
    [
        .. Catalogue.All
            .Where(one => Array.Exists(Prefixes, prefix => one.Id.StartsWith(prefix, StringComparison.Ordinal)))
            // The kubelet's client for hooks keeps connections. Whether it asks again on this one, where nobody reads, is chance.
            .Where(one => one.Id != "redirect/body-whole-then-stalls")
            .Select(one => one with { Id = $"hook/{one.Id.Replace('/', '-')}" }),
        Plainly("tls", Good) with { Tls = TlsFaces.Http1() },
    ];

    /// <summary>Of a hook with <c>scheme: HTTPS</c>, which the kubelet asks again in plain HTTP where that is what came back.</summary>
    public static IReadOnlyList<ParityCase> Secure { get; } =
    [
        Securely("200", Good),
        Securely("503", Bad),
        Securely("end", Answer.Nothing),
        Securely("reset", Answer.Nothing.ThenReset()),
        Securely("silence", Answer.Nothing.ThenStall()),
        Securely("to-plain-port", (_, addresses) => Moved(addresses.Fill("http://{host}:{other}/"))),
        Securely("to-other-host", (_, _) => Moved("https://example.com/")),
        Securely("alpn-none", Good) with { Tls = TlsFaces.Speaking() },
        Securely("alpn-h2-only", Http2.Asked.Then(Http2.LastHeaders(":status: 200"))) with { Tls = TlsFaces.Http2() },
        Securely("plain-200", Good) with { Tls = null },
        Securely("plain-503", Bad) with { Tls = null },
        Securely("plain-refusal-200", SaysItIsPlain(Good)) with { Tls = null },
        Securely("plain-refusal-503", SaysItIsPlain(Bad)) with { Tls = null },
        Securely("plain-refusal-end", SaysItIsPlain(Answer.Nothing)) with { Tls = null },
        Securely("plain-refusal-silence", SaysItIsPlain(Answer.Nothing.ThenStall())) with { Tls = null },
        Securely("ssh", Answer.Unasked.Then("SSH-2.0-OpenSSH_9.2\r\n").ThenStall()) with { Tls = null },
        Securely("no-tls-end", Answer.Unasked) with { Tls = null },
        Securely("no-tls-reset", Answer.Unasked.ThenReset()) with { Tls = null },
        Securely("refused", (_, _) => Good) with { Port = PortState.Refusing },
    ];

    // As Go's server answers a TLS client; the plain request that follows gets the other answer.
    private static Func<ReceivedRequest, Addresses, Answer> SaysItIsPlain(Answer next) => (request, _) =>
        request.IsOfTls ? Answer.Whole("HTTP/1.0 400 Bad Request", "Client sent an HTTPS request to an HTTP server.") : next;

    private static Answer Moved(string location) => Answer.Whole("HTTP/1.1 302 Moved", "moved", $"Location: {location}");

    private static ParityCase Plainly(string name, Answer answer) => new($"hook/{name}", answer);

    private static ParityCase Securely(string name, Answer answer) => Securely(name, (_, _) => answer);

    private static ParityCase Securely(string name, Func<ReceivedRequest, Addresses, Answer> answer) =>
        new($"hook-https/{name}", answer) { Tls = TlsFaces.Http1() };
}
