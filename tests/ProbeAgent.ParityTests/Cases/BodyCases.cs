using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests.Cases;

/// <summary>Bodies of many sizes and speeds around the 10 KiB that the kubelet reads, whole and broken.</summary>
internal static class BodyCases
{
    private const int Limit = 10 << 10;
    private const int Mebibyte = 1 << 20;

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(400);

    // Each is what is announced and what is sent.
    private static readonly (string Name, int Announced, int Sent)[] Sizes =
    [
        ("empty", 0, 0),
        ("one-byte", 1, 1),
        ("10-kib-less-one", Limit - 1, Limit - 1),
        ("10-kib", Limit, Limit),
        ("10-kib-and-one", Limit + 1, Limit + 1),
        ("100-kib", 100 << 10, 100 << 10),
        ("1-mib", Mebibyte, Mebibyte),
        ("short", 100, 99),
        ("short-below-10-kib", Limit, Limit - 1),
        ("short-above-10-kib", Limit + 2, Limit + 1),
        ("short-at-10-kib", Limit + 1, Limit),
        ("1-mib-of-which-10-kib", Mebibyte, Limit),
        ("1-mib-of-which-less", Mebibyte, Limit - 1),
        ("long", 100, 101),
        ("long-by-1-mib", 2, Mebibyte),
    ];

    public static IEnumerable<ParityCase> All() =>
        Sizes.SelectMany(one => new[]
            {
                new ParityCase($"body/{one.Name}", Announced("200 OK", one.Announced, one.Sent)),
                new ParityCase($"body/{one.Name}-of-a-503", Announced("503 No", one.Announced, one.Sent)),
            })
            .Concat(Broken())
            .Concat(Slow())
            .Concat(UntilTheEnd());

    private static IEnumerable<ParityCase> Broken() =>
    [
        new("body/stall-at-once", Announced("200 OK", 2, 0).ThenStall()),
        new("body/stall-at-once-of-a-503", Announced("503 No", 2, 0).ThenStall()),
        new("body/stall-at-once-of-a-304", Announced("304 Not Modified", 2, 0).ThenStall()),
        new("body/stall", Announced("200 OK", 3, 2).ThenStall()),
        new("body/stall-below-10-kib", Announced("200 OK", Mebibyte, Limit - 1).ThenStall()),
        new("body/stall-at-10-kib", Announced("200 OK", Mebibyte, Limit).ThenStall()),
        new("body/stall-above-10-kib", Announced("200 OK", Mebibyte, Limit + 1).ThenStall()),
        new("body/stall-after-whole", Announced("200 OK", 2, 2).ThenStall()),
        new("body/stall-after-whole-of-a-503", Announced("503 No", 2, 2).ThenStall()),
        new("body/reset-at-once", Announced("200 OK", 2, 0).ThenReset()),
        new("body/reset", Announced("200 OK", 3, 2).ThenReset()),
        new("body/reset-below-10-kib", Announced("200 OK", Mebibyte, Limit - 1).ThenReset()),
        new("body/reset-at-10-kib", Announced("200 OK", Mebibyte, Limit).ThenReset()),
        new("body/reset-after-whole", Announced("200 OK", 2, 2).ThenReset()),
        new("body/reset-of-a-503", Announced("503 No", 3, 2).ThenReset()),
        new("body/reset-after-whole-of-a-503", Announced("503 No", 2, 2).ThenReset()),
    ];

    private static IEnumerable<ParityCase> Slow() =>
    [
        new("body/late", Announced("200 OK", 2, 0).ThenWait(Later).Then("ok")),
        new("body/late-second-half", Announced("200 OK", 4, 2).ThenWait(Later).Then("ok")),
        new("body/dripping-in-time", Announced("200 OK", 10, 0).ThenDrip("0123456789", Soon)),
        new("body/dripping-too-long", Announced("200 OK", 1000, 0).ThenDrip(new string('x', 1000), Soon)),
        new("body/dripping-too-long-of-a-503", Announced("503 No", 1000, 0).ThenDrip(new string('x', 1000), Soon)),
        new("body/head-dripping-in-time", Answer.Nothing.ThenDrip("HTTP/1.1 204 x\r\n\r\n", Soon)),
        new("body/head-dripping-too-long", Answer.Nothing.ThenDrip($"HTTP/1.1 200 {new string('x', 1000)}\r\n\r\n", Soon)),
        new("body/head-in-two-pieces", Answer.Of("HTTP/1.1 200 OK\r").ThenWait(Soon).Then("\nContent-Length: 2\r\n\r\nok")),
    ];

    private static IEnumerable<ParityCase> UntilTheEnd()
    {
        var head = Answer.Of("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        return
        [
            new("body/until-end-empty", head),
            new("body/until-end", head.Then("ok")),
            new("body/until-end-10-kib", head.Then(new string('x', Limit))),
            new("body/until-end-1-mib", head.Then(new string('x', Mebibyte))),
            new("body/until-end-endless", head.ThenEndlessly(new string('x', 1024))),
            new("body/until-end-stall", head.Then("ok").ThenStall()),
            new("body/until-end-stall-at-10-kib", head.Then(new string('x', Limit)).ThenStall()),
            new("body/until-end-reset", head.Then("ok").ThenReset()),
            new("body/until-end-reset-at-10-kib", head.Then(new string('x', Limit)).ThenReset()),
            new("body/until-end-late", head.Then("o").ThenWait(Later).Then("k")),
        ];
    }

    private static Answer Announced(string status, int announced, int sent) =>
        Answer.Of($"HTTP/1.1 {status}\r\nContent-Length: {announced}\r\n\r\n{new string('x', sent)}");
}
