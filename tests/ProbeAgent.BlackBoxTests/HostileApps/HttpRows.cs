using System.IO.Compression;
using System.Text;
using ProbeAgent.Lab.Hostile;
using static ProbeAgent.BlackBoxTests.HostileApps.HostileRow;

namespace ProbeAgent.BlackBoxTests.HostileApps;

/// <summary>What an app can do to a question of HTTP, plain or over TLS.</summary>
internal static class HttpRows
{
    private const string Start = "HTTP/1.1 200 OK\r\n";
    private const string Chunked = Start + "Transfer-Encoding: chunked\r\n\r\n";
    private const string Switch = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    private const int FiftyMegabytes = 50_000_000;
    private const int Megabyte = 1 << 20;

    public static Dictionary<string, HostileRow> All { get; } = new()
    {
        ["sends 50 MB by their length"] = Well(Answer.Of($"{Start}Content-Length: {FiftyMegabytes}\r\n\r\n").Then(new byte[FiftyMegabytes])),
        ["sends 50 MB in chunks"] = Well(Answer.Of(Chunked).Then($"{FiftyMegabytes:x}\r\n").Then(new byte[FiftyMegabytes]).Then("\r\n0\r\n\r\n")),
        ["sends 50 MB until its end"] = Well(Answer.Of(Start + "\r\n").Then(new byte[FiftyMegabytes])),
        ["fails with 50 MB"] = Fails(
            500, "bad_status", Answer.Of($"HTTP/1.1 500 No\r\nContent-Length: {FiftyMegabytes}\r\n\r\n").Then(new byte[FiftyMegabytes])),
        ["sends a bomb of gzip"] = Well(Answer.Of($"{Start}Content-Encoding: gzip\r\nContent-Length: {Bomb.Length}\r\n\r\n").Then(Bomb)),
        ["sends a bomb of gzip in chunks of gzip"] = Fails(
            502, "protocol_error", Answer.Of($"{Start}Transfer-Encoding: gzip, chunked\r\n\r\n{Bomb.Length:x}\r\n").Then(Bomb).Then("\r\n0\r\n\r\n")),

        // A head has 64 KiB at most (docs/kubelet-parity.md).
        ["sends 10,000 headers"] = Fails(
            502, "protocol_error", Answer.Of($"{Start}{Repeated("X-More: 1\r\n", 10_000)}Content-Length: 2\r\n\r\nok")),
        ["sends a header of 1 MB"] = Fails(502, "protocol_error", Answer.Whole("HTTP/1.1 200 OK", "ok", $"X-Long: {new string('x', Megabyte)}")),
        ["sends a trailer of 1 MB"] = Fails(502, "protocol_error", Answer.Of($"{Chunked}0\r\nX-Long: {new string('x', Megabyte)}\r\n\r\n")),
        ["sends trailers for ever"] = Fails(502, "protocol_error", Answer.Of($"{Chunked}0\r\n").ThenEndlessly("X-More: 1\r\n")),
        ["sends empty lines for ever"] = Fails(502, "protocol_error", Answer.Nothing.ThenEndlessly(Repeated("\r\n", 1000))),
        ["sends the extension of a chunk for ever"] = Fails(502, "protocol_error", Answer.Of($"{Chunked}2;").ThenEndlessly(new string('x', 4096))),
        ["sends a thousand interim answers"] = Well(
            Answer.Of(Repeated("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 1000)).Then($"{Start}Content-Length: 2\r\n\r\nok")),
        ["sends interim answers for ever"] = Fails(
            502, "protocol_error", Answer.Nothing.ThenEndlessly(Repeated("HTTP/1.1 103 Early Hints\r\n\r\n", 1000))),
        ["switches protocols and stays"] = Fails(504, "body_timeout", Answer.Of(Switch).ThenStall()),
        ["switches protocols and ends"] = Fails(502, "bad_status", Answer.Of(Switch)),
        ["sends two answers"] = Well(HostilePod.Ok.Then("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")),

        ["sends two lengths"] = Fails(502, "protocol_error", Answer.Of($"{Start}Content-Length: 2\r\nContent-Length: 3\r\n\r\nok")),
        ["sends one length twice"] = Well(Answer.Of($"{Start}Content-Length: 2\r\nContent-Length: 2\r\n\r\nok")),
        ["sends a list of lengths"] = Fails(502, "protocol_error", Answer.Of($"{Start}Content-Length: 2, 3\r\n\r\nok")),
        ["sends a length below zero"] = Fails(502, "protocol_error", Answer.Of($"{Start}Content-Length: -2\r\n\r\nok")),
        ["sends a length that no number holds"] = Fails(502, "protocol_error", Answer.Of($"{Start}Content-Length: 99999999999999999999\r\n\r\nok")),
        ["sends a length and chunks"] = Well(
            Answer.Of($"{Start}Content-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")),
        ["sends a length and says chunks"] = Fails(
            502, "protocol_error", Answer.Of($"{Start}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok")),
        ["sends a chunk of a size below zero"] = Fails(502, "protocol_error", Answer.Of($"{Chunked}-2\r\nok\r\n0\r\n\r\n")),
        ["sends a chunk of a size that no number holds"] = Fails(502, "protocol_error", Answer.Of($"{Chunked}fffffffffffffffff\r\nok\r\n0\r\n\r\n")),
        ["sends a chunk of the longest size and ends"] = Fails(502, "protocol_error", Answer.Of($"{Chunked}7fffffffffffffff\r\nok")),
        ["sends a chunk without its end"] = Fails(502, "protocol_error", Answer.Of($"{Chunked}2\r\nok0\r\n\r\n")),

        ["resets before it is asked"] = Fails(502, "connection_reset", Answer.Unasked.ThenReset()),
        ["resets when it is asked"] = Fails(502, "connection_reset", Answer.Nothing.ThenReset()),
        ["resets in its head"] = Fails(502, "connection_reset", Answer.Of($"{Start}Content-Le").ThenReset()),
        ["resets after its head"] = Fails(502, "connection_reset", Answer.Of($"{Start}Content-Length: 2\r\n\r\n").ThenReset()),
        ["resets in its body"] = Fails(502, "connection_reset", Answer.Of($"{Start}Content-Length: 2\r\n\r\no").ThenReset()),
        ["resets in a chunk"] = Fails(502, "connection_reset", Answer.Of($"{Chunked}2\r\no").ThenReset()),
        ["resets after all"] = Well(HostilePod.Ok.ThenReset()),
        ["ends before it is asked"] = Fails(502, "connection_reset", Answer.Unasked),
        ["ends when it is asked"] = Fails(502, "connection_reset", Answer.Nothing),
        ["ends in its head"] = Fails(502, "protocol_error", Answer.Of($"{Start}Content-Le")),
        ["ends after its head"] = Fails(502, "protocol_error", Answer.Of($"{Start}Content-Length: 2\r\n\r\n")),
        ["ends in its body"] = Fails(502, "protocol_error", Answer.Of($"{Start}Content-Length: 2\r\n\r\no")),
        ["ends an empty body that has no length"] = Well(Answer.Of($"{Start}\r\n")),

        ["drips its head"] = Fails(504, "response_timeout", Answer.Of(Start).ThenDrip(new string('x', 100), Drop)),
        ["drips its body"] = Fails(504, "body_timeout", Answer.Of($"{Start}Content-Length: 200\r\n\r\n").ThenDrip(new string('x', 100), Drop)),
    };

    // 10 GB of zeros: members of 10 MB each (RFC 1952, section 2.2), about 10 MB on the wire.
    private static byte[] Bomb => bomb ??= [.. Enumerable.Repeat(Member(), 1000).SelectMany(member => member)];

    private static TimeSpan Drop => TimeSpan.FromMilliseconds(50);

    private static byte[]? bomb;

    private static byte[] Member()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(new byte[10_000_000]);
        }

        return packed.ToArray();
    }

    private static string Repeated(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();
}
