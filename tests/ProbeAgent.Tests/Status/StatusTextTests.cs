using ProbeAgent.Status;

namespace ProbeAgent.Tests.Status;

public sealed class StatusTextTests
{
    private static readonly DateTimeOffset Then = new(2026, 11, 22, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Render_AFailure_SaysTheCauseInOneLook() =>
        Assert.Equal(
            """
            probe-agent 0.1.0, running for 3 h 12 min

            app: DOWN (connection_refused) for 4 min 5 s, since 2026-11-22 03:04:05Z
              GET http://10.0.0.5:80/status: connection refused: nothing listens on port 80
              last success 2026-11-22 03:04:04Z, 49 failed attempts since

            """,
            StatusText.Render(Document(Failing)));

    [Fact]
    public void Render_WhatWasNeverAsked_SaysSo() =>
        Assert.Contains("app: not asked yet", StatusText.Render(Document(Failing with { Since = null })), StringComparison.Ordinal);

    [Fact]
    public void Render_AWarning_SaysSo()
    {
        var text = StatusText.Render(Document(Failing with { Status = "warn" }, "PROBEAGENT_X is no setting"));

        Assert.Contains("\nwarning: PROBEAGENT_X is no setting\n", text, StringComparison.Ordinal);
        Assert.Contains("app: up with a warning for 4 min 5 s", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_OfAnAnswerWithMarkup_IsEncoded()
    {
        var page = StatusPage.Render(Document(Failing with { Output = "<script>alert(1)</script>" }));

        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    private static CheckStatus Failing { get; } = new(
        "fail", "http://:80/status", 1, Then, 245.4, Then, Then.AddSeconds(-1), "connection_refused", null,
        "GET http://10.0.0.5:80/status: connection refused: nothing listens on port 80", 49, 0.1);

    private static StatusDocument Document(CheckStatus check, params IReadOnlyList<string> notes) => new(
        "fail", "1", "0.1.0", "", notes, 11_520, new Dictionary<string, IReadOnlyList<CheckStatus>> { ["app"] = [check] });
}
