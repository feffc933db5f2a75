using System.Globalization;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests.Cases;

/// <summary>Answers of the class 1xx before the final one, or instead of it.</summary>
internal static class InterimCases
{
    private const string Continue = "HTTP/1.1 100 Continue\r\n\r\n";
    private const string EarlyHints = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n";
    private const string Final = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static readonly (string Name, string Bytes)[] Answers =
    [
        ("102", "HTTP/1.1 102 Processing\r\n\r\n" + Final),
        ("103", EarlyHints + Final),
        ("199", "HTTP/1.1 199 Whatever\r\n\r\n" + Final),
        ("103-ten-times", string.Concat(Enumerable.Repeat(EarlyHints, 10)) + Final),
        ("100-then-103", Continue + EarlyHints + Final),
        ("100-with-length-0", "HTTP/1.1 100 Continue\r\nContent-Length: 0\r\n\r\n" + Final),
        ("100-with-length-2", "HTTP/1.1 100 Continue\r\nContent-Length: 2\r\n\r\n" + Final),
        ("100-with-body", "HTTP/1.1 100 Continue\r\nContent-Length: 2\r\n\r\nok" + Final),
        ("100-chunked", "HTTP/1.1 100 Continue\r\nTransfer-Encoding: chunked\r\n\r\n" + Final),
        ("100-connection-close", "HTTP/1.1 100 Continue\r\nConnection: close\r\n\r\n" + Final),
        ("100-http-1.0", "HTTP/1.0 100 Continue\r\n\r\n" + Final),
        ("100-lf", "HTTP/1.1 100 Continue\n\n" + Final),
        ("100-bad-header", "HTTP/1.1 100 Continue\r\ngarbage\r\n\r\n" + Final),
        ("100-then-404", Continue + "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"),
        ("100-then-500", Continue + "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"),
        ("100-then-304", Continue + "HTTP/1.1 304 No\r\n\r\n"),
        ("100-then-garbage", Continue + "garbage\r\n\r\n"),
        ("100-then-crlf", Continue + "\r\n" + Final),
        ("100-then-end", Continue),
        ("103-of-40-kib", $"HTTP/1.1 103 Hints\r\nX: {new string('x', 40 << 10)}\r\n\r\n" + Final),
        ("103-of-40-kib-twice", string.Concat(Enumerable.Repeat($"HTTP/1.1 103 Hints\r\nX: {new string('x', 40 << 10)}\r\n\r\n", 2)) + Final),
        ("101-then-end", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"),
        ("101-then-final", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n" + Final),
        ("101-without-upgrade", "HTTP/1.1 101 Switching Protocols\r\n\r\n" + Final),
        ("100-then-101", Continue + "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"),
    ];

    public static IEnumerable<ParityCase> All() =>
        Enumerable.Range(0, 11)
            .Append(50)
            .Select(count => new ParityCase(
                string.Create(CultureInfo.InvariantCulture, $"interim/100-x-{count:00}"),
                Answer.Of(string.Concat(Enumerable.Repeat(Continue, count)) + Final)))
            .Concat(Answers.Select(one => new ParityCase($"interim/{one.Name}", Answer.Of(one.Bytes))))
            .Concat(
            [
                new ParityCase("interim/100-then-stall", Answer.Of(Continue).ThenStall()),
                new ParityCase("interim/101-then-stall", Answer.Of("HTTP/1.1 101 Switching Protocols\r\n\r\n").ThenStall()),
                new ParityCase("interim/100-then-reset", Answer.Of(Continue).ThenReset()),
                new ParityCase("interim/100-then-late", Answer.Of(Continue).ThenWait(TimeSpan.FromMilliseconds(300)).Then(Final)),
                new ParityCase("interim/endless", Answer.Nothing.ThenEndlessly(Continue)),
            ]);
}
