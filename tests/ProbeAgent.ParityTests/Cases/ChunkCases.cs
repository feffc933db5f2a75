using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests.Cases;

/// <summary>Bodies in chunks, good and bad.</summary>
internal static class ChunkCases
{
    private const string Head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    // Each follows the head; then comes FIN.
    private static readonly (string Name, string Body)[] Bodies =
    [
        ("one", "2\r\nok\r\n0\r\n\r\n"),
        ("two", "1\r\no\r\n1\r\nk\r\n0\r\n\r\n"),
        ("none-but-last", "0\r\n\r\n"),
        ("upper-case-size", "A\r\n0123456789\r\n0\r\n\r\n"),
        ("lower-case-size", "a\r\n0123456789\r\n0\r\n\r\n"),
        ("leading-zeros-size", "0002\r\nok\r\n0\r\n\r\n"),
        ("sixteen-digits-size", "0000000000000002\r\nok\r\n0\r\n\r\n"),
        ("seventeen-digits-size", "00000000000000002\r\nok\r\n0\r\n\r\n"),
        ("last-as-000", "2\r\nok\r\n000\r\n\r\n"),
        ("extension", "2;name=value\r\nok\r\n0\r\n\r\n"),
        ("extension-quoted", "2;name=\"a;b\"\r\nok\r\n0\r\n\r\n"),
        ("extension-empty", "2;\r\nok\r\n0\r\n\r\n"),
        ("extension-after-space", "2 ;name\r\nok\r\n0\r\n\r\n"),
        ("extension-on-last", "2\r\nok\r\n0;name=value\r\n\r\n"),
        ("extension-control", "2;\u0001\r\nok\r\n0\r\n\r\n"),
        ("extension-nul", "2;\0\r\nok\r\n0\r\n\r\n"),
        ("extension-cr", "2;a\rb\r\nok\r\n0\r\n\r\n"),
        ("extension-2-kib", $"2;{new string('x', 2 << 10)}\r\nok\r\n0\r\n\r\n"),
        ("extension-20-kib", $"2;{new string('x', 20 << 10)}\r\nok\r\n0\r\n\r\n"),
        ("extension-each-of-500", string.Concat(Enumerable.Repeat($"1;{new string('x', 100)}\r\no\r\n", 500)) + "0\r\n\r\n"),
        ("single-bytes-2000", string.Concat(Enumerable.Repeat("1\r\no\r\n", 2000)) + "0\r\n\r\n"),
        ("single-bytes-20000", string.Concat(Enumerable.Repeat("1\r\no\r\n", 20000)) + "0\r\n\r\n"),
        ("space-after-size", "2 \r\nok\r\n0\r\n\r\n"),
        ("spaces-after-size", "2    \r\nok\r\n0\r\n\r\n"),
        ("tab-after-size", "2\t\r\nok\r\n0\r\n\r\n"),
        ("space-before-size", " 2\r\nok\r\n0\r\n\r\n"),
        ("prefix-0x", "0x2\r\nok\r\n0\r\n\r\n"),
        ("plus-size", "+2\r\nok\r\n0\r\n\r\n"),
        ("minus-size", "-2\r\nok\r\n0\r\n\r\n"),
        ("not-hexadecimal", "g\r\nok\r\n0\r\n\r\n"),
        ("size-then-letter", "2g\r\nok\r\n0\r\n\r\n"),
        ("empty-size", "\r\nok\r\n0\r\n\r\n"),
        ("size-missing", ";name\r\nok\r\n0\r\n\r\n"),
        ("size-overflow", "ffffffffffffffff\r\nok\r\n0\r\n\r\n"),
        ("size-overflow-17", "1ffffffffffffffff\r\nok\r\n0\r\n\r\n"),
        ("size-int64-max", "7fffffffffffffff\r\nok"),
        ("size-huge-then-end", "ffffff\r\nok"),
        ("lf-after-size", "2\nok\r\n0\r\n\r\n"),
        ("lf-after-data", "2\r\nok\n0\r\n\r\n"),
        ("lf-after-last", "2\r\nok\r\n0\n\r\n"),
        ("lf-final", "2\r\nok\r\n0\r\n\n"),
        ("lf-everywhere", "2\nok\n0\n\n"),
        ("cr-only-after-size", "2\rok\r\n0\r\n\r\n"),
        ("cr-cr-lf-after-size", "2\r\r\nok\r\n0\r\n\r\n"),
        ("no-crlf-after-data", "2\r\nok0\r\n\r\n"),
        ("letters-after-data", "2\r\nokXX0\r\n\r\n"),
        ("data-longer", "2\r\nokok\r\n0\r\n\r\n"),
        ("data-shorter", "3\r\nok\r\n0\r\n\r\n"),
        ("end-before-size", ""),
        ("end-in-size", "2"),
        ("end-after-size", "2\r\n"),
        ("end-in-data", "3\r\nok"),
        ("end-after-data", "2\r\nok"),
        ("end-after-chunk", "2\r\nok\r\n"),
        ("end-in-last-size", "2\r\nok\r\n0"),
        ("end-after-last-size", "2\r\nok\r\n0\r\n"),
        ("end-in-final-line", "2\r\nok\r\n0\r\n\r"),
        ("bytes-after-end", "2\r\nok\r\n0\r\n\r\nHTTP/1.1 500 Next\r\n\r\n"),
        ("trailer", "2\r\nok\r\n0\r\nX-End: one\r\n\r\n"),
        ("trailers-two", "2\r\nok\r\n0\r\nX-End: one\r\nX-More: two\r\n\r\n"),
        ("trailer-content-length", "2\r\nok\r\n0\r\nContent-Length: 2\r\n\r\n"),
        ("trailer-without-colon", "2\r\nok\r\n0\r\ngarbage\r\n\r\n"),
        ("trailer-nul", "2\r\nok\r\n0\r\nX-End: \0\r\n\r\n"),
        ("trailer-lf", "2\r\nok\r\n0\r\nX-End: one\n\n"),
        ("trailer-folded", "2\r\nok\r\n0\r\nX-End: one\r\n two\r\n\r\n"),
        ("trailer-cut", "2\r\nok\r\n0\r\nX-End: one\r\n"),
        ("trailer-8-kib", $"2\r\nok\r\n0\r\nX-End: {new string('x', 8 << 10)}\r\n\r\n"),
        ("trailer-100-kib", $"2\r\nok\r\n0\r\nX-End: {new string('x', 100 << 10)}\r\n\r\n"),
        ("10-kib-exactly", $"2800\r\n{new string('x', 10 << 10)}\r\n0\r\n\r\n"),
        ("10-kib-then-garbage", $"2800\r\n{new string('x', 10 << 10)}garbage"),
        ("10-kib-then-end", $"2800\r\n{new string('x', 10 << 10)}"),
        ("above-10-kib-then-end", $"2801\r\n{new string('x', (10 << 10) + 1)}"),
        ("below-10-kib-then-end", $"27ff\r\n{new string('x', (10 << 10) - 1)}"),
        ("1-mib", $"100000\r\n{new string('x', 1 << 20)}\r\n0\r\n\r\n"),
    ];

    public static IEnumerable<ParityCase> All() =>
        Bodies.Select(one => new ParityCase($"chunk/{one.Name}", Answer.Of(Head + one.Body)))
            .Concat(
            [
                new ParityCase("chunk/stall-before-size", Answer.Of(Head).ThenStall()),
                new ParityCase("chunk/stall-in-data", Answer.Of(Head + "3\r\nok").ThenStall()),
                new ParityCase("chunk/stall-before-last", Answer.Of(Head + "2\r\nok\r\n").ThenStall()),
                new ParityCase("chunk/stall-before-final-line", Answer.Of(Head + "2\r\nok\r\n0\r\n").ThenStall()),
                new ParityCase("chunk/stall-after-10-kib", Answer.Of($"{Head}2800\r\n{new string('x', 10 << 10)}").ThenStall()),
                new ParityCase("chunk/reset-in-data", Answer.Of(Head + "3\r\nok").ThenReset()),
                new ParityCase("chunk/reset-before-last", Answer.Of(Head + "2\r\nok\r\n").ThenReset()),
                new ParityCase("chunk/reset-before-final-line", Answer.Of(Head + "2\r\nok\r\n0\r\n").ThenReset()),
                new ParityCase("chunk/endless", Answer.Of(Head).ThenEndlessly($"400\r\n{new string('x', 1024)}\r\n")),
                new ParityCase("chunk/pieces", Answer.Of(Head).ThenDrip("2\r\nok\r\n0\r\n\r\n", TimeSpan.FromMilliseconds(20))),
            ]);
}
