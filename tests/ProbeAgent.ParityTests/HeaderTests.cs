using System.Collections.Concurrent;
using System.Globalization;
using ProbeAgent.Lab;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests;

/// <summary>The <c>httpHeaders</c> of a check reach the app as the kubelet sends those of a probe, also after a redirect.</summary>
public sealed class HeaderTests(ParityLab lab)
{
    private const int SideBySide = 4;

    private static readonly (string Name, ProbeHeader[] Headers)[] Cases =
    [
        ("none", []),
        ("one", [new("X-Probe", "1")]),
        ("several", [new("X-B", "1"), new("X-A", "2"), new("X-C", "3")]),
        ("lower-case-name", [new("x-probe", "1")]),
        ("odd-case-name", [new("x-PROBE-id", "1")]),
        ("odd-characters-in-name", [new("X_Probe.1", "1")]),
        ("twice", [new("X-Probe", "1"), new("X-Probe", "2")]),
        ("twice-same", [new("X-Probe", "1"), new("X-Probe", "1")]),
        ("twice-in-two-cases", [new("X-Probe", "1"), new("x-probe", "2")]),
        ("host", [new("Host", "web.example")]),
        ("host-lower-case-name", [new("host", "web.example")]),
        ("host-with-port", [new("Host", "web.example:8080")]),
        ("host-upper-case", [new("Host", "WEB.Example")]),
        ("host-of-ipv6", [new("Host", "[::1]:80")]),
        ("host-with-underscore", [new("Host", "web_1.example")]),
        ("host-empty", [new("Host", "")]),
        ("host-twice", [new("Host", "web.example"), new("Host", "other.example")]),
        ("user-agent", [new("User-Agent", "mine/1.0 (of me)")]),
        ("user-agent-empty", [new("User-Agent", "")]),
        ("user-agent-twice", [new("User-Agent", "mine"), new("User-Agent", "yours")]),
        ("user-agent-of-another-kubelet", [new("User-Agent", "kube-probe/1.20")]),
        ("accept", [new("Accept", "application/json")]),
        ("accept-empty", [new("Accept", "")]),
        ("accept-twice", [new("Accept", "text/plain"), new("Accept", "text/html")]),
        ("accept-empty-first", [new("Accept", ""), new("Accept", "text/html")]),
        ("accept-encoding", [new("Accept-Encoding", "gzip")]),
        ("authorization", [new("Authorization", "Basic dXNlcjpzZWNyZXQ=")]),
        ("cookie", [new("Cookie", "a=b; c=d")]),
        ("cookie-twice", [new("Cookie", "a=b"), new("Cookie", "c=d")]),
        ("content-type", [new("Content-Type", "text/plain")]),
        ("forwarded", [new("X-Forwarded-For", "10.0.0.1"), new("X-Forwarded-Proto", "https")]),
        ("referer", [new("Referer", "http://a.example/")]),
        ("date", [new("Date", "yesterday")]),
        ("range", [new("Range", "bytes=0-1")]),
        ("value-empty", [new("X-Probe", "")]),
        ("value-with-spaces-inside", [new("X-Probe", "a  b")]),
        ("value-with-tab", [new("X-Probe", "a\tb")]),
        ("value-with-comma", [new("X-Probe", "a, b,c")]),
        ("value-with-colon", [new("X-Probe", "a: b")]),
        ("value-with-quotes", [new("X-Probe", "\"a\" 'b' \\")]),
        ("value-with-percent", [new("X-Probe", "%41%zz{host}")]),
        ("value-of-utf-8", [new("X-Probe", "caf\u00e9 \u20ac \U0001F600")]),
        ("value-of-4-kib", [new("X-Probe", new string('x', 4 << 10))]),
    ];

    // Those in which it might matter that names and values go out in another form.
    private static readonly string[] OverHttp2 =
    [
        "none", "several", "odd-case-name", "odd-characters-in-name", "twice", "host", "host-with-port", "host-empty", "user-agent",
        "user-agent-empty", "accept-empty", "cookie-twice", "authorization", "content-type", "value-empty", "value-of-utf-8",
    ];

    internal static IEnumerable<string> Ids =>
        Cases.SelectMany(one => new[] { $"wire/headers/{one.Name}", $"wire/headers-http2/{one.Name}" })
            .Append("wire/headers/host-then-absolute-redirect")
            .Append("headers/value-with-spaces-around")
            .Append("headers/value-of-8-kib");

    [Fact]
    public async Task TheRequestIsTheKubelets()
    {
        var judgement = await lab.JudgementAsync();
        var prober = await lab.ProberAsync();

        var measured = await SideBySideAsync(Cases, one => AskAsync(prober, one.Name, one.Headers, "/next"));

        WriteCount("headers", measured);
        Report.AssertNone(judgement.RequestFindings(measured));
    }

    [Fact]
    public async Task TheRequestIsTheKubeletsOverHttp2()
    {
        var judgement = await lab.JudgementAsync();
        var prober = await lab.ProberAsync();

        var measured = await SideBySideAsync(
            Cases.Where(one => OverHttp2.Contains(one.Name)), one => AskHttp2Async(prober, one.Name, one.Headers));

        WriteCount("headers-http2", measured);
        Report.AssertNone(judgement.RequestFindings(measured));
    }

    [Fact]
    public async Task AnAbsoluteRedirectLeavesAConfiguredHostBehindAsTheKubeletDoes()
    {
        var judgement = await lab.JudgementAsync();
        var prober = await lab.ProberAsync();

        var measured = await AskAsync(
            prober, "host-then-absolute-redirect", [new("Host", "web.example")], "http://127.0.0.1:{port}/next");

        Assert.Equal(2, measured.AgentSent.Count);
        Report.AssertNone(judgement.RequestFindings([measured]));
    }

    [Theory]
    [InlineData("value-with-spaces-around", "  1  ")]
    [InlineData("value-of-8-kib", null)]
    public async Task WhatIsAMistakeHereIsListed(string name, string? value)
    {
        var judgement = await lab.JudgementAsync();
        var prober = await lab.ProberAsync();
        await using var app = HostileApp.Start(_ => Answer.Whole("HTTP/1.1 200 OK"));
        ProbeHeader[] headers = [new("X-Probe", value ?? new string('x', 8 << 10))];

        var kubelet = await prober.HttpGetAsync("127.0.0.1", app.Port, "/status", "http", headers);
        var sent = app.TakeReceived().Any(request => request.HeaderLines.Any(line => line.StartsWith("X-Probe: ", StringComparison.Ordinal)));
        await using var agent = AgentProcess.Launch(
            [], ("PROBEAGENT_CONFIG_YAML", Documents.WithHeaders("HTTP", "127.0.0.1", app.Port, headers)));
        var exitCode = await agent.WaitForExitAsync();

        Report.AssertNone(judgement.Finding($"headers/{name}", sent ? "sent" : "not sent", exitCode == 2 ? "refused" : "taken", $"{kubelet}"));
    }

    private static async Task<IReadOnlyList<Comparison>> SideBySideAsync(
        IEnumerable<(string Name, ProbeHeader[] Headers)> cases, Func<(string Name, ProbeHeader[] Headers), Task<Comparison>> ask)
    {
        var measured = new ConcurrentBag<Comparison>();
        await Parallel.ForEachAsync(
            cases, new ParallelOptions { MaxDegreeOfParallelism = SideBySide }, async (one, _) => measured.Add(await ask(one)));
        return [.. measured.OrderBy(one => one.Id, StringComparer.Ordinal)];
    }

    private static async Task<Comparison> AskAsync(
        KubeletProber prober, string name, ProbeHeader[] headers, string location)
    {
        await using var app = HostileApp.Start(_ => Answer.Nothing);
        var moved = Answer.Whole(
            "HTTP/1.1 302 Moved", "moved", $"Location: {location.Replace("{port}", app.PortText, StringComparison.Ordinal)}");
        app.AnswerWith(request => request.Target is "/next" ? Answer.Whole("HTTP/1.1 200 OK") : moved);
        await using var agent = await AskedAgent.StartWithDocumentAsync(
            Documents.WithHeaders("HTTP", "127.0.0.1", app.Port, headers));

        var kubelet = await prober.HttpGetAsync("127.0.0.1", app.Port, "/status", "http", headers);
        var kubeletSent = Texts(app);
        var verdict = await agent.AskAsync();
        return new Comparison($"headers/{name}", kubelet, verdict, kubeletSent, Texts(app));
    }

    private static async Task<Comparison> AskHttp2Async(KubeletProber prober, string name, ProbeHeader[] headers)
    {
        await using var app = await RecordingApp.StartAsync(tls: true);
        await using var agent = await AskedAgent.StartWithDocumentAsync(
            Documents.WithHeaders("HTTPS", "127.0.0.1", app.Port, headers));

        // A first question pays for what is loaded then, on both sides.
        await agent.AskAsync();
        app.TakeReceived();

        var kubelet = await prober.HttpGetAsync("127.0.0.1", app.Port, "/status", "https", headers);
        var kubeletSent = app.TakeReceived();
        var verdict = await agent.AskAsync();
        return new Comparison($"headers-http2/{name}", kubelet, verdict, kubeletSent, app.TakeReceived());
    }

    // Not sorted: values of one name have an order, and a stable sort by the names keeps it.
    private static List<string> Texts(HostileApp app) =>
        [.. app.TakeReceived().Select(request =>
            string.Join('\n', [request.RequestLine, .. request.HeaderLines.OrderBy(line => line.Split(':')[0], StringComparer.Ordinal)])
                .Replace($"127.0.0.1:{app.PortText}", "{host}:{port}", StringComparison.Ordinal))];

    private static void WriteCount(string what, IReadOnlyList<Comparison> measured) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"parity {what}: {measured.Count} cases, {measured.Count(one => one.OnlyTheKubeletSent == one.OnlyTheAgentSent)} agree"));
}
