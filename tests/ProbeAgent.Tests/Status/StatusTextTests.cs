using ProbeAgent.Status;
using static ProbeAgent.Tests.Status.Statuses;

namespace ProbeAgent.Tests.Status;

public sealed class StatusTextTests
{
    [Fact]
    public void Render_AFailure_SaysTheCauseInOneLook() =>
        Assert.Equal(
            """
            probe-agent 0.1.0, running for 3 h 12 min

            app: DOWN (connection_refused) for 4 min 5 s, since 2026-11-22 03:04:05Z
              GET http://10.0.0.5:80/status: connection refused: nothing listens on port 80
              last success 2026-11-22 03:04:04Z, 49 failed attempts since

            last changes
              2026-11-22 03:04:05Z  app: DOWN (connection_refused), was up for 2 h 3 min
              2026-11-22 01:01:05Z  app: up, the first answer

            mesh: istio, ready since 2026-11-22 03:04:05Z
              GET http://127.0.0.1:15021/healthz/ready answered 200 after 1.2 ms

            """,
            Plain(Of(Failing)));

    [Fact]
    public void Render_SeveralChecks_SaysFirstWhichIsDown()
    {
        var lines = Plain(Of([("web", Well), ("cache", Failing), ("idle", Unasked)])).Split('\n');

        Assert.Equal("3 checks: 1 DOWN (cache), 1 up, 1 not asked yet", lines[1]);
        Assert.Equal(
            ["web: up for", "cache: DOWN (connection_refused) for", "idle: not asked yet"],
            lines.Skip(2).Where(line => line.Contains(": ", StringComparison.Ordinal) && line[0] != ' ').Take(3).Select(line => line.Split(" 4 min")[0]));
    }

    [Fact]
    public void Render_TwoHundredChecks_NamesAFewOfThoseThatAreDownAndCountsTheOthers()
    {
        var text = Plain(Of([.. Enumerable.Range(0, 200).Select(i => ($"check-{i}", i % 2 == 0 ? Failing : Well))]));

        Assert.Equal("200 checks: 100 DOWN (check-0, check-2, check-4 and 97 more), 100 up", text.Split('\n')[1]);
        Assert.Equal(8, text.Split('\n').Count(line => line.StartsWith("  2026-", StringComparison.Ordinal)));
        Assert.Equal(200, text.Split('\n').Count(line => line.StartsWith("check-", StringComparison.Ordinal)));
    }

    [Fact]
    public void Render_WithoutAnyCheck_SaysSo() =>
        Assert.StartsWith("probe-agent 0.1.0, running for 3 h 12 min\nno check is configured\n", Plain(Of([])), StringComparison.Ordinal);

    [Fact]
    public void Render_WhatWasNeverAsked_SaysSoAndWhatItWillAsk() =>
        Assert.Contains("\napp: not asked yet\n  http://:80/status\n", Plain(Of(Unasked)), StringComparison.Ordinal);

    [Fact]
    public void Render_ANote_IsAWarningThatTheFirstLinesAnnounce()
    {
        var text = Plain(Of(Failing with { Status = "warn" }, "PROBEAGENT_X is no setting"));

        Assert.StartsWith("probe-agent 0.1.0, running for 3 h 12 min\n1 check: 1 up with a warning; 1 warning at the end\n", text, StringComparison.Ordinal);
        Assert.Contains("\nwarning: PROBEAGENT_X is no setting\n", text, StringComparison.Ordinal);
        Assert.Contains("app: up with a warning for 4 min 5 s", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ASidecarThatIsNotReady_SaysSo()
    {
        var status = Of(Well) with { Mesh = new MeshStatus("istio", false, Then, "answered 503") };

        Assert.Contains("\nmesh: istio, NOT READY since 2026-11-22 03:04:05Z\n  answered 503\n", Plain(status), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_LongSentences_BreakThemBetweenWordsAtEightyColumns()
    {
        var words = string.Join(' ', Enumerable.Range(0, 100).Select(i => $"word{i}"));
        var wide = string.Join(' ', Enumerable.Repeat("日本語", 40));

        var text = Plain(Of(Failing with { Output = $"{words} {wide}" }, words));

        Assert.All(text.Split('\n'), line => Assert.InRange(line.EnumerateRunes().Sum(rune => rune.Value < 0x1100 ? 1 : 2), 0, 80));
        Assert.Contains($"\n  word0 ", text, StringComparison.Ordinal);
        Assert.Contains($"\n    word", text, StringComparison.Ordinal);
        Assert.Contains(words, string.Join(' ', text.Split('\n').Select(line => line.Trim())), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WhatCannotBeBroken_StaysWhole()
    {
        var url = "http://10.0.0.5:80/" + new string('x', 200);

        Assert.Contains($"\n  GET\n    {url}\n    answered\n", Plain(Of(Failing with { Output = $"GET {url} answered" })), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WithColours_ColoursStatesAndNothingElse()
    {
        var text = StatusText.Render(Of([("web", Well), ("cache", Failing)], "look at this"), isColourful: true);

        Assert.Contains("\n\e[32mweb: up for", text, StringComparison.Ordinal);
        Assert.Contains("\n\e[1;31mcache: DOWN (connection_refused) for", text, StringComparison.Ordinal);
        Assert.Contains("\n\e[33mwarning: look at this\e[0m\n", text, StringComparison.Ordinal);
        Assert.Equal(text.Split("\e[0m").Length, text.Split('\e').Length - (text.Split("\e[0m").Length - 1));
    }

    [Fact]
    public void Render_HostileText_CannotSteerTheTerminal()
    {
        const string Hostile = "\e[2J\e]0;title\a\u009b31m\r\nfake: up\u202e\0";
        var check = Failing with
        {
            Output = Hostile,
            Reason = Hostile,
            Target = Hostile,
            Transitions = [new TransitionStatus(Then, Hostile, "down", Hostile, Hostile, 1)],
        };

        var text = Plain(Of([(Hostile, check), (Hostile + "2", check with { Since = null })], Hostile) with
        {
            ReleaseId = Hostile,
            Mesh = new MeshStatus(Hostile, null, null, Hostile),
        });

        Assert.DoesNotContain(text, character => character != '\n' && (char.IsControl(character) || character == '\u202e'));
        Assert.DoesNotContain("\nfake: up", text, StringComparison.Ordinal);
    }

    private static string Plain(StatusDocument status) => StatusText.Render(status, isColourful: false);
}
