using System.Globalization;
using System.Text;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests.Cases;

/// <summary>What a gRPC server, or one that is none, may answer to <c>grpc.health.v1.Health/Check</c> over plain HTTP/2.</summary>
internal static class GrpcCases
{
    private const int HighestStatus = 17;

    // Field 1 of HealthCheckResponse, a varint.
    private const byte StatusField = 8;

    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    private static readonly int[] HttpCodes = [100, 204, 302, 400, 401, 403, 404, 429, 500, 502, 503, 504];
    private static readonly byte[] Http2Errors = [0, 1, 2, 7, 8, 11, 12, 13];
    private static readonly byte[] Serving = [StatusField, 1];
    private static readonly byte[] Ok = Http2.LastHeaders("grpc-status: 0");
    private static readonly string[] GrpcHead = [":status: 200", "content-type: application/grpc"];

    private static readonly (string Name, byte[] Message)[] Messages =
    [
        ("serving", Serving),
        ("empty-is-unknown", []),
        ("unknown", [StatusField, 0]),
        ("not-serving", [StatusField, 2]),
        ("service-unknown", [StatusField, 3]),
        ("beyond-the-enum", [StatusField, 4]),
        ("largest", [StatusField, 0xff, 0xff, 0xff, 0xff, 7]),
        ("negative", [StatusField, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]),
        ("serving-in-ten-bytes", [StatusField, 0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0]),
        ("serving-in-two-bytes", [StatusField, 0x81, 0]),
        ("serving-in-the-low-half", [StatusField, 0x81, 0x80, 0x80, 0x80, 0x10]),
        ("eleven-bytes", [StatusField, 0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0]),
        ("field-alone", [StatusField]),
        ("varint-cut", [StatusField, 0x81]),
        ("serving-then-not", [.. Serving, StatusField, 2]),
        ("not-then-serving", [StatusField, 2, .. Serving]),
        ("unknown-varint-first", [16, 5, .. Serving]),
        ("unknown-text-last", [.. Serving, 18, 2, (byte)'o', (byte)'k']),
        ("unknown-text-cut", [.. Serving, 18, 9, (byte)'o']),
        ("unknown-fixed-32", [.. Serving, 21, 1, 2, 3, 4]),
        ("unknown-fixed-64", [.. Serving, 17, 1, 2, 3, 4, 5, 6, 7, 8]),
        ("unknown-group", [.. Serving, 19, 20]),
        ("unknown-group-open", [.. Serving, 19]),
        ("wire-type-6", [.. Serving, 22]),
        ("field-0", [0, 1, .. Serving]),
        ("field-1-as-text", [10, 1, 1]),
        ("field-1-as-fixed-32", [13, 1, 0, 0, 0]),
        ("field-1-with-long-tag", [0x88, 0, 1]),
        ("text", [.. "SERVING"u8]),
        ("serving-and-3-kib", [.. Serving, 18, 0x80, 0x18, .. new byte[3 << 10]]),
    ];

    // content-type, and whether that is gRPC is for the two to say.
    private static readonly (string Name, string Type)[] Types =
    [
        ("proto", "application/grpc+proto"),
        ("json", "application/grpc+json"),
        ("parameter", "application/grpc;charset=utf-8"),
        ("upper-case", "Application/gRPC"),
        ("web", "application/grpc-web"),
        ("longer", "application/grpcx"),
        ("plain", "text/plain"),
        ("html", "text/html; charset=utf-8"),
        ("octets", "application/octet-stream"),
        ("empty", ""),
    ];

    public static IReadOnlyList<ParityCase> All { get; } =
    [
        .. Messages.Select(one => Case($"message-{one.Name}", Answered(one.Message))),
        .. Types.Select(one => Case($"type-{one.Name}", Served(":status: 200", $"content-type: {one.Type}"))),
        .. Enumerable.Range(0, HighestStatus + 1).SelectMany(OfStatus),
        .. Statuses(),
        .. OfHttp(),
        .. OfFraming(),
        .. OfTime(),
        .. OfConnection(),
        .. Mutations(),
    ];

    private static Answer Asked => Http2.Asked;

    private static Answer Headed => Asked.Then(Http2.Headers(GrpcHead));

    private static IEnumerable<ParityCase> OfStatus(int code)
    {
        var text = code.ToString("00", CultureInfo.InvariantCulture);
        var status = $"grpc-status: {code}";
        return
        [
            Case($"status-{text}-trailers-only", Asked.Then(Http2.LastHeaders([.. GrpcHead, status, "grpc-message: no%20luck"]))),
            Case($"status-{text}-after-head", Headed.Then(Http2.LastHeaders(status))),
            Case($"status-{text}-after-serving", Headed.Then(Message(Serving)).Then(Http2.LastHeaders(status))),
        ];
    }

    private static IEnumerable<ParityCase> Statuses() =>
    [
        Case("status-missing", Headed.Then(Message(Serving)).Then(Http2.LastHeaders("x: y"))),
        Case("status-missing-by-data", Headed.Then(Http2.LastData(Framed(Serving)))),
        Case("status-empty", Headed.Then(Message(Serving)).Then(Http2.LastHeaders("grpc-status: "))),
        Case("status-word", Headed.Then(Message(Serving)).Then(Http2.LastHeaders("grpc-status: OK"))),
        Case("status-00", Headed.Then(Message(Serving)).Then(Http2.LastHeaders("grpc-status: 00"))),
        Case("status-plus-0", Headed.Then(Message(Serving)).Then(Http2.LastHeaders("grpc-status: +0"))),
        Case("status-negative", Headed.Then(Message(Serving)).Then(Http2.LastHeaders("grpc-status: -1"))),
        Case("status-in-head-0", Asked.Then(Http2.Headers([.. GrpcHead, "grpc-status: 0"])).Then(Message(Serving)).Then(Ok)),
        Case("status-in-head-5", Asked.Then(Http2.Headers([.. GrpcHead, "grpc-status: 5"])).Then(Message(Serving)).Then(Ok)),
        Case("status-in-head-only", Asked.Then(Http2.Headers([.. GrpcHead, "grpc-status: 0"])).Then(Http2.LastData(Framed(Serving)))),
        Case("status-twice", Headed.Then(Message(Serving)).Then(Http2.LastHeaders("grpc-status: 0", "grpc-status: 5"))),
        Case("message-header-64-kib", Asked.Then(Http2.LastHeaders([.. GrpcHead, "grpc-status: 5", $"grpc-message: {new string('x', 10 << 10)}"]))),
        Case("message-header-broken-percent", Asked.Then(Http2.LastHeaders([.. GrpcHead, "grpc-status: 5", "grpc-message: %zz%"]))),
        Case("details-broken", Headed.Then(Message(Serving)).Then(Http2.LastHeaders("grpc-status: 0", "grpc-status-details-bin: ???"))),
        Case("trailers-with-http-status", Headed.Then(Message(Serving)).Then(Http2.LastHeaders(":status: 200", "grpc-status: 0"))),
        Case("trailers-not-last", Headed.Then(Message(Serving)).Then(Http2.Headers("grpc-status: 0")).ThenStall()),
        Case("trailers-many", Headed.Then(Message(Serving)).Then(Http2.LastHeaders(["grpc-status: 0", .. Enumerable.Range(0, 100).Select(one => $"x{one}: y")]))),
    ];

    private static IEnumerable<ParityCase> OfHttp() =>
    [
        .. HttpCodes.SelectMany(code => new[]
        {
            Case($"http-{code}", Asked.Then(Http2.LastHeaders($":status: {code}"))),
            Case($"http-{code}-but-serving", Served($":status: {code}", "content-type: application/grpc")),
        }),
        Case("http-200-page", Asked.Then(Http2.Headers(":status: 200", "content-type: text/plain")).Then(Http2.LastData("ok"u8))),
        Case("http-200-nothing", Asked.Then(Http2.LastHeaders(":status: 200"))),
        Case("http-no-type-but-serving", Served(":status: 200")),
        Case("http-interim-first", Asked.Then(Http2.Headers(":status: 103")).Then(Http2.Headers(GrpcHead)).Then(Message(Serving)).Then(Ok)),
        Case("http-no-status-but-serving", Served("content-type: application/grpc")),
    ];

    private static IEnumerable<ParityCase> OfFraming() =>
    [
        Case("frame-none", Headed.Then(Ok)),
        Case("frame-two", Headed.Then(Message(Serving)).Then(Message(Serving)).Then(Ok)),
        Case("frame-two-in-one", Headed.Then(Http2.Data([.. Framed(Serving), .. Framed(Serving)])).Then(Ok)),
        Case("frame-byte-by-byte", Framed(Serving).Aggregate(Headed, (so, one) => so.Then(Http2.Data(one))).Then(Ok)),
        Case("frame-head-cut", Headed.Then(Http2.Data(0, 0, 0)).Then(Ok)),
        Case("frame-cut", Headed.Then(Http2.Data(0, 0, 0, 0, 9, StatusField, 1)).Then(Ok)),
        Case("frame-longer", Headed.Then(Http2.Data(0, 0, 0, 0, 1, StatusField, 1)).Then(Ok)),
        Case("frame-and-a-byte", Headed.Then(Http2.Data([.. Framed(Serving), 0])).Then(Ok)),
        Case("frame-empty-data-between", Headed.Then(Http2.Data()).Then(Message(Serving)).Then(Http2.Data()).Then(Ok)),
        Case("frame-huge", Headed.Then(Http2.Data(0, 0x7f, 0xff, 0xff, 0xff, StatusField, 1)).ThenStall()),
        Case("frame-of-5-mib", Headed.Then(Http2.Data(0, 0, 0x50, 0, 0, StatusField, 1)).ThenStall()),
        Case("frame-text", Headed.Then(Http2.Data("nonsense"u8)).Then(Ok)),
        Case("compressed-without-encoding", Headed.Then(Http2.Data([1, .. Framed(Serving)[1..]])).Then(Ok)),
        Case("compressed-by-gzip", Compressed("gzip", 1)),
        Case("compressed-by-nobody-knows", Compressed("snappy", 1)),
        Case("encoding-gzip-but-plain", Compressed("gzip", 0)),
        Case("encoding-unknown-but-plain", Compressed("snappy", 0)),
        Case("encoding-identity", Compressed("identity", 0)),
        Case("encoding-identity-but-flag", Compressed("identity", 1)),
        Case("flag-2", Headed.Then(Http2.Data([2, .. Framed(Serving)[1..]])).Then(Ok)),
    ];

    private static IEnumerable<ParityCase> OfTime() =>
    [
        Case("silent-at-once", Answer.Unasked.ThenStall()),
        Case("silent-after-settings", Answer.Unasked.Then(Http2.Settings).ThenStall()),
        Case("silent-after-request", Asked.ThenStall()),
        Case("silent-after-head", Headed.ThenStall()),
        Case("silent-after-message", Headed.Then(Message(Serving)).ThenStall()),
        Case("late", Asked.ThenWait(Later).Then(Http2.Headers(GrpcHead)).Then(Message(Serving)).Then(Ok)),
        Case("late-settings", Answer.Unasked.ThenWait(Later).Then(Http2.Settings).ThenReadHttp2Request().Then(Http2.Headers(GrpcHead)).Then(Message(Serving)).Then(Ok)),
        Case("late-trailers", Headed.Then(Message(Serving)).ThenWait(Later).Then(Ok)),
        Case("dripping-in-time", Asked.ThenDrip(Encoding.Latin1.GetString([.. Http2.LastHeaders("grpc-status: 5")]), Soon)),
        Case("dripping-too-long", Headed.ThenDrip(new string('\0', 100), Soon)),
        Case("data-for-ever", Headed.ThenEndlessly(Encoding.Latin1.GetString(Http2.Data()))),
    ];

    private static IEnumerable<ParityCase> OfConnection() =>
    [
        Case("refused", Answer.Unasked) with { Port = PortState.Refusing },
        Case("never-accepted", Answer.Unasked) with { Port = PortState.Full },
        Case("ends-unasked", Answer.Unasked),
        Case("reset-unasked", Answer.Unasked.ThenReset()),
        Case("ends-after-settings", Answer.Unasked.Then(Http2.Settings)),
        Case("ends-after-request", Asked),
        Case("reset-after-request", Asked.ThenReset()),
        Case("ends-after-head", Headed),
        Case("ends-after-message", Headed.Then(Message(Serving))),
        Case("reset-after-message", Headed.Then(Message(Serving)).ThenReset()),
        Case("stays-after-answer", Answered(Serving).ThenStall()),
        Case("reset-after-answer", Answered(Serving).ThenReset()),
        .. Http2Errors.SelectMany(code => new[]
        {
            Case($"stream-reset-{code:00}", Asked.Then(Http2.Reset(code)).ThenStall()),
            Case($"stream-reset-{code:00}-after-message", Headed.Then(Message(Serving)).Then(Http2.Reset(code)).ThenStall()),
            Case($"stream-reset-{code:00}-after-answer", Answered(Serving).Then(Http2.Reset(code)).ThenStall()),
            Case($"goaway-{code:00}", Asked.Then(Http2.GoAway(0, code)).ThenStall()),
            Case($"goaway-{code:00}-but-answer", Asked.Then(Http2.GoAway(1, code)).Then(Http2.Headers(GrpcHead)).Then(Message(Serving)).Then(Ok)),
        }),
        Case("http1", Answer.Whole("HTTP/1.1 200 OK")),
        Case("http1-400-unasked", Answer.Unasked.Then("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")),
        Case("ssh", Answer.Unasked.Then("SSH-2.0-OpenSSH_9.2\r\n").ThenStall()),
        Case("tls-alert", Answer.Unasked.Then("\u0015\u0003\u0001\0\u0002\u0002\u0016")),
        Case("tls", Answered(Serving)) with { Tls = TlsFaces.Http2() },
        Case("without-settings", Answer.Unasked.ThenReadHttp2Request().Then(Http2.Headers(GrpcHead)).Then(Message(Serving)).Then(Ok)),
        Case("ping-first", Asked.Then(Http2.Ping).Then(Http2.Headers(GrpcHead)).Then(Message(Serving)).Then(Ok)),
        Case("unknown-frame-first", Asked.Then(Http2.Frame(99, 0, 0, 1, 2)).Then(Http2.Headers(GrpcHead)).Then(Message(Serving)).Then(Ok)),
        Case("push-promise", Asked.Then(Http2.Frame(5, 4, 1, [0, 0, 0, 2, .. Http2.Block(":method: GET")])).ThenStall()),
        Case("head-of-garbage", Asked.Then(Http2.Frame(1, 4, 1, 0xff, 0xff, 0xff, 0xff, 0xff)).ThenStall()),
        Case("head-of-64-kib-twice", Asked.Then(Http2.Headers([.. GrpcHead, $"x: {new string('x', 12 << 10)}"])).Then(Message(Serving)).Then(Ok)),
    ];

    // Messages with one byte wrong, by a fixed seed.
    private static IEnumerable<ParityCase> Mutations()
    {
        const int Count = 120;
        var random = new SplitMix(20_260_301);
        byte[] good = [16, 5, StatusField, 1, 26, 2, (byte)'o', (byte)'k'];
        for (var number = 0; number < Count; number++)
        {
            var at = random.Below(good.Length);
            byte[] wrong = [.. good];
            wrong[at] ^= (byte)(1 << random.Below(8));
            yield return Case($"mutation-{number:000}-{at}-x{wrong[at]:x2}", Answered(wrong));
        }
    }

    private static Answer Answered(byte[] message) => Headed.Then(Message(message)).Then(Ok);

    private static Answer Served(params string[] head) => Asked.Then(Http2.Headers(head)).Then(Message(Serving)).Then(Ok);

    private static Answer Compressed(string encoding, byte flag) => Asked
        .Then(Http2.Headers([.. GrpcHead, $"grpc-encoding: {encoding}"]))
        .Then(Http2.Data([flag, .. Framed(Serving)[1..]]))
        .Then(Ok);

    private static byte[] Message(byte[] message) => Http2.Data(Framed(message));

    // Whether it is compressed, and its length in four bytes.
    private static byte[] Framed(byte[] message) => [0, 0, 0, (byte)(message.Length >> 8), (byte)message.Length, .. message];

    private static ParityCase Case(string name, Answer answer) => new($"grpc/{name}", answer);
}
