using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests.Cases;

/// <summary>A connection that ends, resets or falls silent at each phase of the exchange.</summary>
internal static class ClosingCases
{
    private static readonly (string Name, string Sent)[] Phases =
    [
        ("before-answer", ""),
        ("in-version", "HTT"),
        ("in-status-line", "HTTP/1.1 20"),
        ("after-code", "HTTP/1.1 200"),
        ("after-status-line", "HTTP/1.1 200 OK\r\n"),
        ("in-header-name", "HTTP/1.1 200 OK\r\nContent-"),
        ("in-header-value", "HTTP/1.1 200 OK\r\nContent-Length: 2"),
        ("after-header", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"),
        ("in-empty-line", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r"),
        ("after-head", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"),
        ("in-body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no"),
        ("after-body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
        ("after-head-of-a-503", "HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\n"),
        ("after-body-of-a-503", "HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno"),
    ];

    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(400);

    public static IEnumerable<ParityCase> All() =>
        Phases.SelectMany(one => new[]
            {
                new ParityCase($"closing/end-{one.Name}", Answer.Of(one.Sent)),
                new ParityCase($"closing/reset-{one.Name}", Answer.Of(one.Sent).ThenReset()),
                new ParityCase($"closing/silence-{one.Name}", Answer.Of(one.Sent).ThenStall()),
            })
            .Concat(
            [
                new ParityCase("closing/end-unasked", Answer.Unasked),
                new ParityCase("closing/reset-unasked", Answer.Unasked.ThenReset()),
                new ParityCase("closing/late-answer", Answer.Nothing.ThenWait(Later).Then("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")),
                new ParityCase("closing/late-end", Answer.Nothing.ThenWait(Later)),
                new ParityCase("closing/late-reset", Answer.Nothing.ThenWait(Later).ThenReset()),
                new ParityCase("closing/refused", (_, _) => Answer.Nothing, PortState.Refusing),
                new ParityCase("closing/never-accepted", (_, _) => Answer.Nothing, PortState.Full),
            ]);
}
