using System.Globalization;
using ProbeAgent.Lab.Hostile;
using static ProbeAgent.BlackBoxTests.HostileApps.HostileRow;

namespace ProbeAgent.BlackBoxTests.HostileApps;

/// <summary>What an app can do to a question of gRPC's health protocol.</summary>
internal static class GrpcRows
{
    private const byte Headers = 1;
    private const byte PushPromise = 5;
    private const byte Continuation = 9;

    private static readonly byte[] Serving = [0, 0, 0, 0, 2, 8, 1];

    public static Dictionary<string, HostileRow> Answers { get; } = new(Statuses().Concat(Broken()));

    public static Dictionary<string, HostileRow> Floods { get; } = Endless();

    private static Answer Head => Http2.Asked.Then(Http2.Headers(":status: 200", "content-type: application/grpc"));

    private static Answer End => Head.Then(Http2.Data(Serving));

    private static Dictionary<string, HostileRow> Statuses()
    {
        var rows = Enumerable.Range(1, 17).ToDictionary(
            status => $"says status {status} and nothing else",
            status => Fails(502, status is 5 or 12 ? "grpc_unknown_service" : "grpc_not_serving", TrailersOnly(status.ToString(CultureInfo.InvariantCulture))));
        foreach (var text in new[] { "0", "", "x", "1x", "99999999999", "0x5" })
        {
            rows[$"says status '{text}' and nothing else"] = Fails(502, "protocol_error", TrailersOnly(text));
        }

        rows["says status -1 and nothing else"] = Fails(502, "grpc_not_serving", TrailersOnly("-1"));
        rows["is well"] = Well(End.Then(Http2.LastHeaders("grpc-status: 0")));
        rows["takes its word back"] = Fails(502, "grpc_not_serving", End.Then(Http2.LastHeaders("grpc-status: 14")));
        return rows;
    }

    private static Dictionary<string, HostileRow> Broken() => new()
    {
        ["answers in HTTP/1"] = Fails(502, "protocol_error", Answer.Unasked.Then("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")),
        ["sends garbage"] = Fails(502, "protocol_error", Answer.Unasked.Then(new string('\u00ff', 4096))),
        ["sends zeros"] = Fails(502, "protocol_error", Answer.Unasked.Then(new byte[4096])),
        ["sends garbage for settings"] = Fails(502, "protocol_error", Answer.Unasked.Then(Http2.Frame(4, 0, 0, 1, 2, 3))),
        ["sends garbage for headers"] = Fails(502, "protocol_error", Http2.Asked.Then(Http2.Frame(Headers, 4, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff))),
        ["ends its headers in the middle of one"] = Fails(
            502, "protocol_error", Http2.Asked.Then(Http2.Frame(Headers, 4, 1, [.. Http2.Block(":status: 200"), 0, 7, (byte)'g']))),
        ["answers a stream that was not asked"] = Fails(
            502, "protocol_error", Http2.Asked.Then(Http2.Frame(Headers, 5, 77, Http2.Block(":status: 200", "grpc-status: 0")))),
        ["pushes"] = Fails(502, "protocol_error", Http2.Asked.Then(Http2.Frame(PushPromise, 4, 1, [0, 0, 0, 2, .. Http2.Block(":method: GET")]))),
        ["sends a frame of 16 MB"] = Fails(502, "protocol_error", Http2.Asked.Then(new byte[] { 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1 }).Then(new byte[1 << 20])),
        ["sends a header of 1 MB"] = Fails(502, "protocol_error", Http2.Asked.Then(LongHeader()).ThenStall()),
        ["compresses its message"] = Fails(502, "protocol_error", Head.Then(Http2.Data(1, 0, 0, 0, 2, 8, 1)).Then(Http2.LastHeaders("grpc-status: 0"))),
        ["says its message has 4 GB"] = Fails(
            502, "protocol_error", Head.Then(Http2.Data(0, 255, 255, 255, 255, 8, 1)).Then(Http2.LastHeaders("grpc-status: 0"))),
        ["sends a message that is none"] = Fails(
            502, "protocol_error", Head.Then(Http2.Data(0, 0, 0, 0, 2, 255, 255)).Then(Http2.LastHeaders("grpc-status: 0"))),
        ["sends two messages"] = Fails(502, "protocol_error", End.Then(Http2.Data(Serving)).Then(Http2.LastHeaders("grpc-status: 0"))),
        ["ends by its message"] = Fails(502, "protocol_error", Head.Then(Http2.LastData(Serving))),
        ["resets the stream"] = Fails(502, "protocol_error", Http2.Asked.Then(Http2.Reset(2)).ThenStall()),
        ["resets the stream in the message"] = Fails(502, "protocol_error", End.Then(Http2.Reset(8))),
        ["goes away"] = Fails(502, "connection_reset", Http2.Asked.Then(Http2.GoAway(0, 0))),
        ["goes away in the message"] = Fails(502, "protocol_error", End.Then(Http2.GoAway(1, 2))),
        ["resets before it is asked"] = Fails(502, "connection_reset", Answer.Unasked.ThenReset()),
        ["resets when it is asked"] = Fails(502, "connection_reset", Http2.Asked.ThenReset()),
        ["resets in the message"] = Fails(502, "connection_reset", End.ThenReset()),
        ["ends before it is asked"] = Fails(502, "connection_reset", Answer.Unasked),
        ["ends when it is asked"] = Fails(502, "connection_reset", Http2.Asked),
        ["ends in the message"] = Fails(502, "protocol_error", End),
    };

    private static Dictionary<string, HostileRow> Endless() => new()
    {
        ["says nothing"] = Fails(504, "response_timeout", Answer.Unasked.ThenStall()),
        ["stops before its trailers"] = Fails(504, "response_timeout", End.ThenStall()),
        ["sends messages for ever"] = Fails(502, "protocol_error", Head.ThenEndlessly(Text(Http2.Data(new byte[4096])))),
        ["sends empty data for ever"] = Fails(504, "response_timeout", Head.ThenEndlessly(Text(Http2.Data()))),
        ["sends pings for ever"] = Fails(502, "protocol_error", Http2.Asked.ThenEndlessly(Text(Http2.Ping.ToArray()))),
        ["sends settings for ever"] = Fails(502, "protocol_error", Http2.Asked.ThenEndlessly(Text(Http2.Settings.ToArray()))),
        ["continues its headers for ever"] = Fails(
            502, "protocol_error", Http2.Asked.Then(Http2.Frame(Headers, 0, 1, Http2.Block(":status: 200")))
                .ThenEndlessly(Text(Http2.Frame(Continuation, 0, 1, Http2.Block($"x: {new string('x', 4096)}"))))),
        ["continues its headers by nothing for ever"] = Fails(
            504, "response_timeout", Http2.Asked.Then(Http2.Frame(Headers, 0, 1, Http2.Block(":status: 200")))
                .ThenEndlessly(Text(Http2.Frame(Continuation, 0, 1)))),
    };

    private static Answer TrailersOnly(string status) =>
        Http2.Asked.Then(Http2.LastHeaders(":status: 200", "content-type: application/grpc", $"grpc-status: {status}"));

    // In frames of 16 KiB, the most that a client takes unless it says more.
    private static byte[] LongHeader()
    {
        var pieces = Http2.Block(":status: 200", $"x: {new string('x', 1 << 20)}").Chunk(16_384).ToArray();
        return [.. pieces.SelectMany((piece, index) =>
            Http2.Frame(index == 0 ? Headers : Continuation, index == pieces.Length - 1 ? (byte)4 : (byte)0, 1, piece))];
    }

    // Many frames at once: what is sent endlessly is sent as fast as it is taken.
    private static string Text(byte[] frame) =>
        string.Concat(Enumerable.Repeat(System.Text.Encoding.Latin1.GetString(frame), Math.Max(1, 8192 / frame.Length)));
}
