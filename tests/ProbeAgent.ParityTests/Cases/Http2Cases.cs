using System.Globalization;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests.Cases;

/// <summary>What an app may answer that has chosen HTTP/2 in the TLS handshake, frame by frame.</summary>
internal static class Http2Cases
{
    private const int Limit = 10 << 10;
    private const byte NoError = 0;
    private const byte InternalError = 2;
    private const byte RefusedStream = 7;
    private const byte Cancel = 8;
    private const byte EnhanceYourCalm = 11;
    private const byte Http11Required = 13;

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(400);
    private static readonly string[] Codes =
        ["200", "204", "205", "206", "226", "299", "300", "301", "304", "399", "400", "404", "418", "499", "500", "503", "599", "600", "999"];

    private static readonly byte[] Errors = [NoError, 1, InternalError, 5, RefusedStream, Cancel, EnhanceYourCalm, Http11Required, 255];

    // Fields that are wrong, or look so, after a good status.
    private static readonly (string Name, string Field)[] Fields =
    [
        ("upper-case-name", "X-Upper: y"),
        ("connection", "connection: close"),
        ("transfer-encoding", "transfer-encoding: chunked"),
        ("te", "te: gzip"),
        ("space-in-name", "x y: z"),
        ("control-in-value", "x: a\u0001b"),
        ("lf-in-value", "x: a\nb"),
        ("cr-in-value", "x: a\rb"),
        ("nul-in-value", "x: a\0b"),
        ("latin-1-value", "x: \u00fc"),
        ("leading-space-in-value", "x:  a"),
        ("empty-value", "x: "),
        ("unknown-pseudo", ":path: /"),
        ("status-twice", ":status: 200"),
        ("length-right", "content-length: 2"),
        ("length-longer", "content-length: 3"),
        ("length-shorter", "content-length: 1"),
        ("length-invalid", "content-length: x"),
        ("length-negative", "content-length: -1"),
        ("value-of-10-kib", $"x: {new string('x', Limit)}"),
    ];

    public static IReadOnlyList<ParityCase> All { get; } =
    [
        .. Codes.Select(code => Case($"status-{code}", Asked.Then(Http2.LastHeaders($":status: {code}")))),
        .. Fields.Select(one => Case($"field-{one.Name}", Answered("200", one.Field).Then(Http2.LastData("ok"u8)))),
        .. Errors.SelectMany(OfError),
        .. Heads(),
        .. Bodies(),
        .. Interim(),
        .. Connections(),
        .. Frames(),
    ];

    private static Answer Asked => Http2.Asked;

    private static IEnumerable<ParityCase> OfError(byte code)
    {
        var name = code.ToString("00", CultureInfo.InvariantCulture);
        return
        [
            Case($"reset-{name}-before-answer", Asked.Then(Http2.Reset(code)).ThenStall()),
            Case($"reset-{name}-after-head", Answered("200").Then(Http2.Reset(code)).ThenStall()),
            Case($"reset-{name}-in-body", Answered("200").Then(Http2.Data("o"u8)).Then(Http2.Reset(code)).ThenStall()),
            Case($"goaway-{name}-then-answer", Asked.Then(Http2.GoAway(1, code)).Then(Http2.LastHeaders(":status: 200"))),
            Case($"goaway-{name}-in-body", Answered("200").Then(Http2.GoAway(1, code)).Then(Http2.LastData("ok"u8))),
        ];
    }

    private static IEnumerable<ParityCase> Heads() =>
    [
        Case("head-without-status", Asked.Then(Http2.LastHeaders("x: y"))),
        Case("head-empty", Asked.Then(Http2.LastHeaders())),
        Case("head-status-last", Asked.Then(Http2.LastHeaders("x: y", ":status: 200"))),
        Case("head-status-empty", Asked.Then(Http2.LastHeaders(":status: "))),
        Case("head-status-word", Asked.Then(Http2.LastHeaders(":status: OK"))),
        Case("head-status-two-digits", Asked.Then(Http2.LastHeaders(":status: 20"))),
        Case("head-status-four-digits", Asked.Then(Http2.LastHeaders(":status: 2000"))),
        Case("head-status-plus", Asked.Then(Http2.LastHeaders(":status: +20"))),
        Case("head-status-000", Asked.Then(Http2.LastHeaders(":status: 000"))),
        Case("head-status-099", Asked.Then(Http2.LastHeaders(":status: 099"))),
        Case("head-in-two", Asked
            .Then(Http2.Frame(1, Http2.EndStream, 1, Http2.Block(":status: 200")))
            .Then(Http2.Frame(9, Http2.EndHeaders, 1, Http2.Block("x: y")))),
        Case("head-in-two-late", Asked
            .Then(Http2.Frame(1, Http2.EndStream, 1, Http2.Block(":status: 200")))
            .ThenWait(Later)
            .Then(Http2.Frame(9, Http2.EndHeaders, 1, Http2.Block("x: y")))),
        Case("head-never-ended", Asked.Then(Http2.Frame(1, Http2.EndStream, 1, Http2.Block(":status: 200"))).ThenStall()),
        Case("head-padded", Asked.Then(Http2.Frame(1, 0xd, 1, [3, .. Http2.Block(":status: 200"), 0, 0, 0]))),
        Case("head-padded-too-much", Asked.Then(Http2.Frame(1, 0xd, 1, [200, .. Http2.Block(":status: 200")]))),
        Case("head-with-priority", Asked.Then(Http2.Frame(1, 0x25, 1, [0, 0, 0, 0, 16, .. Http2.Block(":status: 200")]))),
        Case("head-of-garbage", Asked.Then(Http2.Frame(1, 5, 1, 0xff, 0xff, 0xff, 0xff, 0xff))),
        Case("head-of-index-0", Asked.Then(Http2.Frame(1, 5, 1, 0x80))),
        Case("head-by-index", Asked.Then(Http2.Frame(1, 5, 1, 0x88))),
        Case("head-twice", Answered("200").Then(Http2.LastHeaders(":status: 200"))),
        Case("head-twice-other-code", Answered("200").Then(Http2.LastHeaders(":status: 503"))),
        Case("head-of-stream-3", Asked.Then(Http2.Frame(1, 5, 3, Http2.Block(":status: 200"))).ThenStall()),
        Case("head-of-stream-0", Asked.Then(Http2.Frame(1, 5, 0, Http2.Block(":status: 200"))).ThenStall()),
        Case("head-dripping", Asked.ThenDrip(Text(Http2.LastHeaders(":status: 200")), Soon)),
        Case("head-dripping-too-long", Asked.ThenDrip(Text(Http2.LastHeaders(":status: 200", $"x: {new string('x', 200)}")), Soon)),
    ];

    private static IEnumerable<ParityCase> Bodies() =>
    [
        Case("body", Answered("200").Then(Http2.LastData("ok"u8))),
        Case("body-empty", Answered("200").Then(Http2.LastData())),
        Case("body-of-a-503", Answered("503").Then(Http2.LastData("no"u8))),
        Case("body-of-a-204", Answered("204").Then(Http2.LastData("ok"u8))),
        Case("body-of-a-304", Answered("304").Then(Http2.LastData("ok"u8))),
        Case("body-10-kib", Answered("200").Then(Http2.LastData(new byte[Limit]))),
        Case("body-10-kib-then-stall", Answered("200").Then(Http2.Data(new byte[Limit])).ThenStall()),
        Case("body-10-kib-then-reset", Answered("200").Then(Http2.Data(new byte[Limit])).Then(Http2.Reset(InternalError)).ThenStall()),
        Case("body-10-kib-less-one-then-stall", Answered("200").Then(Http2.Data(new byte[Limit - 1])).ThenStall()),
        Case("body-10-kib-less-one-then-reset", Answered("200").Then(Http2.Data(new byte[Limit - 1])).Then(Http2.Reset(InternalError)).ThenStall()),
        Case("body-in-many-frames", Repeated(Answered("200"), Http2.Data("x"u8), 500).Then(Http2.LastData())),
        Case("body-of-empty-frames", Repeated(Answered("200"), Http2.Data(), 50).Then(Http2.LastData())),
        Case("body-60-kib", Repeated(Answered("200"), Http2.Data(new byte[Limit]), 6).Then(Http2.LastData())),
        Case("body-padded", Answered("200").Then(Http2.Frame(0, 9, 1, 2, (byte)'o', (byte)'k', 0, 0))),
        Case("body-padded-too-much", Answered("200").Then(Http2.Frame(0, 9, 1, 200, (byte)'o', (byte)'k'))),
        Case("body-before-head", Asked.Then(Http2.LastData("ok"u8)).ThenStall()),
        Case("body-stall-at-once", Answered("200").ThenStall()),
        Case("body-stall", Answered("200").Then(Http2.Data("o"u8)).ThenStall()),
        Case("body-stall-of-a-503", Answered("503").Then(Http2.Data("o"u8)).ThenStall()),
        Case("body-late", Answered("200").ThenWait(Later).Then(Http2.LastData("ok"u8))),
        Case("body-dripping-too-long", Answered("200").ThenDrip(Text(Repeat(Http2.Data("x"u8), 100)), Soon)),
        Case("body-end", Answered("200").Then(Http2.Data("o"u8))),
        Case("body-cut", Answered("200").Then(Http2.Data("o"u8)).ThenCut()),
        Case("body-connection-reset", Answered("200").Then(Http2.Data("o"u8)).ThenReset()),
        Case("body-whole-then-connection-reset", Answered("200").Then(Http2.LastData("ok"u8)).ThenReset()),
        Case("body-whole-then-stall", Answered("200").Then(Http2.LastData("ok"u8)).ThenStall()),
        Case("body-then-trailers", Answered("200").Then(Http2.Data("ok"u8)).Then(Http2.LastHeaders("x: y"))),
        Case("body-then-trailers-with-status", Answered("200").Then(Http2.Data("ok"u8)).Then(Http2.LastHeaders(":status: 200"))),
        Case("body-then-trailers-not-last", Answered("200").Then(Http2.Data("ok"u8)).Then(Http2.Headers("x: y")).ThenStall()),
        Case("body-after-the-end", Answered("200").Then(Http2.LastData("ok"u8)).Then(Http2.Data("more"u8)).ThenStall()),
    ];

    private static IEnumerable<ParityCase> Interim()
    {
        var last = Http2.LastHeaders(":status: 200");
        return
        [
            Case("interim-100", Asked.Then(Http2.Headers(":status: 100")).Then(last)),
            Case("interim-103", Asked.Then(Http2.Headers(":status: 103", "link: </x>")).Then(last)),
            Case("interim-103-x-5", Repeated(Asked, Http2.Headers(":status: 103"), 5).Then(last)),
            Case("interim-101", Asked.Then(Http2.Headers(":status: 101")).Then(last)),
            Case("interim-199", Asked.Then(Http2.Headers(":status: 199")).Then(last)),
            Case("interim-100-that-ends", Asked.Then(Http2.LastHeaders(":status: 100")).ThenStall()),
            Case("interim-100-then-stall", Asked.Then(Http2.Headers(":status: 100")).ThenStall()),
            // Without a body in the place of the answer: over that Go 1.19's client forgets its own time limit.
            Case("interim-103-then-503", Asked.Then(Http2.Headers(":status: 103")).Then(Http2.LastHeaders(":status: 503"))),
        ];
    }

    private static IEnumerable<ParityCase> Connections() =>
    [
        Case("connection-ends-unasked", Answer.Unasked),
        Case("connection-cut-unasked", Answer.Unasked.ThenCut()),
        Case("connection-reset-unasked", Answer.Unasked.ThenReset()),
        Case("connection-silent", Answer.Unasked.ThenStall()),
        Case("connection-silent-after-settings", Answer.Unasked.Then(Http2.Settings).ThenStall()),
        Case("connection-silent-after-request", Asked.ThenStall()),
        Case("connection-ends-after-request", Asked),
        Case("connection-cut-after-request", Asked.ThenCut()),
        Case("connection-reset-after-request", Asked.ThenReset()),
        Case("connection-of-http1", Answer.Unasked.Then("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").ThenStall()),
        Case("connection-of-garbage", Answer.Unasked.Then(new string('x', 200)).ThenStall()),
        Case("connection-late-answer", Asked.ThenWait(Later).Then(Http2.LastHeaders(":status: 200"))),
        Case("connection-late-settings", Answer.Unasked.ThenWait(Later).Then(Http2.Settings).ThenReadHttp2Request().Then(Http2.LastHeaders(":status: 200"))),
        Case("connection-without-settings", Answer.Unasked.ThenReadHttp2Request().Then(Http2.LastHeaders(":status: 200"))),
        // The kubelet's client asks again, as often as it can: these are few.
        Case("connection-goaway-before-answer", Asked.Then(Http2.GoAway(0, NoError))),
        Case("connection-goaway-of-an-error-before-answer", Asked.Then(Http2.GoAway(0, InternalError)).ThenStall()),
        Case("connection-pings-for-ever", Asked.ThenEndlessly(Text(Http2.Ping.ToArray()))),
    ];

    private static IEnumerable<ParityCase> Frames()
    {
        var last = Http2.LastHeaders(":status: 200");
        return
        [
            Case("frame-ping", Asked.Then(Http2.Ping).Then(last)),
            Case("frame-ping-short", Asked.Then(Http2.Frame(6, 0, 0, 0, 0)).Then(last)),
            Case("frame-ping-of-stream-1", Asked.Then(Http2.Frame(6, 0, 1, new byte[8])).Then(last)),
            Case("frame-unknown-type", Asked.Then(Http2.Frame(99, 0, 0, 1, 2, 3)).Then(last)),
            Case("frame-priority", Asked.Then(Http2.Frame(2, 0, 1, 0, 0, 0, 0, 16)).Then(last)),
            Case("frame-push-promise", Asked.Then(Http2.Frame(5, 4, 1, [0, 0, 0, 2, .. Http2.Block(":method: GET")])).Then(last)),
            Case("frame-continuation-alone", Asked.Then(Http2.Frame(9, 4, 1, Http2.Block("x: y"))).Then(last)),
            Case("frame-window-update", Asked.Then(Http2.Frame(8, 0, 1, 0, 0, 1, 0)).Then(last)),
            Case("frame-window-update-zero", Asked.Then(Http2.Frame(8, 0, 1, 0, 0, 0, 0)).Then(last)),
            Case("frame-window-update-too-much", Asked.Then(Http2.Frame(8, 0, 1, 0x7f, 0xff, 0xff, 0xff)).Then(last)),
            Case("frame-settings-twice", Asked.Then(Http2.Settings).Then(last)),
            Case("frame-settings-unknown", Asked.Then(Http2.Frame(4, 0, 0, 0, 99, 0, 0, 0, 1)).Then(last)),
            Case("frame-settings-odd-length", Asked.Then(Http2.Frame(4, 0, 0, 0, 1, 0)).Then(last)),
            Case("frame-settings-no-streams", Asked.Then(Http2.Frame(4, 0, 0, 0, 3, 0, 0, 0, 0)).Then(last)),
            Case("frame-settings-window-too-large", Asked.Then(Http2.Frame(4, 0, 0, 0, 4, 0xff, 0xff, 0xff, 0xff)).Then(last)),
            Case("frame-settings-of-stream-1", Asked.Then(Http2.Frame(4, 0, 1)).Then(last)),
            Case("frame-too-large", Answered("200").Then(Http2.LastData(new byte[17 << 10]))),
            Case("frame-announced-16-mib", Asked.Then(new byte[] { 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1 }).ThenStall()),
            Case("frame-cut", Asked.Then(last.AsMemory(0, 12))),
            Case("frame-then-stall", Asked.Then(last.AsMemory(0, 12)).ThenStall()),
        ];
    }

    private static Answer Answered(string code, params string[] fields) => Asked.Then(Http2.Headers([$":status: {code}", .. fields]));

    private static Answer Repeated(Answer answer, byte[] frame, int count) => answer.Then(Repeat(frame, count));

    private static byte[] Repeat(byte[] frame, int count) => [.. Enumerable.Repeat(frame, count).SelectMany(one => one)];

    private static string Text(byte[] bytes) => System.Text.Encoding.Latin1.GetString(bytes);

    private static ParityCase Case(string name, Answer answer) => new($"http2/{name}", answer) { Tls = TlsFaces.Http2() };
}
