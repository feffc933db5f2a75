using System.Globalization;
using System.Text;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests.Cases;

/// <summary>Good answers with one thing wrong with them, chosen by a fixed seed: the same in every run.</summary>
internal static class MutationCases
{
    private const int EachAnswer = 40;
    private const ulong Seed = 20_260_101;

    private static readonly (string Name, string Bytes)[] GoodAnswers =
    [
        ("whole", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"),
        ("chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nyou\r\n0\r\nX-End: 1\r\n\r\n"),
        ("until-end", "HTTP/1.0 200 OK\r\nServer: x\r\n\r\nok"),
        ("no-content", "HTTP/1.1 204 No Content\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\n"),
        // A path only, so that no mutation leads further than to this app.
        ("moved", "HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n"),
        ("unavailable", "HTTP/1.1 503 No\r\nContent-Length: 4\r\n\r\nbusy"),
        ("interim", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
    ];

    // What a broken program or a bad line puts where something else should be.
    private static readonly byte[] Favourites = [0, 1, 9, 10, 13, 32, 34, 44, 45, 48, 57, 58, 59, 127, 128, 255];

    public static IEnumerable<ParityCase> All()
    {
        var random = new SplitMix(Seed);
        foreach (var (name, text) in GoodAnswers)
        {
            for (var number = 0; number < EachAnswer; number++)
            {
                var (what, bytes) = Mutate(Encoding.Latin1.GetBytes(text), random);
                var id = string.Create(CultureInfo.InvariantCulture, $"mutation/{name}-{number:00}-{what}");
                var mutated = Answer.Of(bytes);
                yield return new ParityCase(id, (request, _) =>
                    request.Target is RedirectCases.Start or "" ? mutated : Answer.Whole("HTTP/1.1 200 OK"));
            }
        }
    }

    private static (string What, byte[] Bytes) Mutate(byte[] good, SplitMix random)
    {
        var at = random.Below(good.Length);
        var favourite = Favourites[random.Below(Favourites.Length)];
        return random.Below(6) switch
        {
            0 => ($"flip-{at}", [.. good[..at], (byte)(good[at] ^ (1 << random.Below(8))), .. good[(at + 1)..]]),
            1 => ($"set-{at}-x{favourite:x2}", [.. good[..at], favourite, .. good[(at + 1)..]]),
            2 => ($"insert-{at}-x{favourite:x2}", [.. good[..at], favourite, .. good[at..]]),
            3 => ($"delete-{at}", [.. good[..at], .. good[(at + 1)..]]),
            4 => ($"double-{at}", [.. good[..(at + 1)], .. good[at..]]),
            _ => ($"cut-{at}", good[..at]),
        };
    }
}
