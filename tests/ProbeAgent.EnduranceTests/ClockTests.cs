using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>A wall clock that jumps by a year, either way, changes no answer, no sharing, no duration and no drain.</summary>
public sealed class ClockTests(ITestOutputHelper output)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(0.5);

    [Theory]
    [InlineData("+1y")]
    [InlineData("-1y")]
    public async Task A_jump_changes_nothing(string jump)
    {
        Witness.IsNeeded();
        using var clock = new WallClock();
        var (appPort, year) = (FreePort.Next(), TimeProvider.System.GetUtcNow().Year);
        await using var agent = await AgentProcess.StartAsync(
        [
            .. clock.Environment, ("PROBEAGENT_TARGET", Text($":{appPort}/status")), ("PROBEAGENT_MAX_AGE_SECONDS", Text($"{MaxAge.TotalSeconds}")),
            ("PROBEAGENT_DRAIN_SECONDS", "2"),
        ]);
        var begun = Stopwatch.GetTimestamp();
        await using var witness = await Witness.StartAsync(agent.PublicPort, appPort, tlsPort: 0, "/livez,30ms");
        await ProbedPod.PauseAsync(0.7);
        clock.JumpTo(jump);
        await ProbedPod.PauseAsync(1.3);
        await AssertSharingAndDurationsAsync(agent, begun);

        // What is on its way when the clock goes back has its own budget, and what was well is not well for a year.
        await witness.AppBecomesAsync("hung");
        await ProbedPod.PauseAsync(0.9);
        clock.JumpTo("+0");
        await ProbedPod.PauseAsync(1);
        await witness.AppBecomesAsync("failing");
        await ProbedPod.PauseAsync(0.5);
        await witness.AppBecomesAsync("slow");
        await ProbedPod.PauseAsync(0.5);
        var late = (await MetricsPage.OfAsync(agent)).Sum("probe_agent_late_total");
        await AssertDrainAsync(agent, () => clock.JumpTo(jump));

        var testimony = await witness.EndAsync();
        output.WriteLine($"{jump}: {testimony.Summary}");
        Assert.Contains(Text($"{year + (jump == "+1y" ? 1 : -1)}-"), agent.Output, StringComparison.Ordinal);
        Assert.Equal(0, late);
        Assert.Empty(testimony.Untrue(MaxAge));
        // Once it has ended it refuses; until then it answers in time.
        Assert.DoesNotContain(testimony.Lost(), probe => !probe.Loss.StartsWith("refused", StringComparison.Ordinal));
        Assert.Equal(["200", "500 bad_status", "504 response_timeout"], Words(testimony));
    }

    private static IEnumerable<string> Words(Testimony testimony) =>
        testimony.OfAgent.Where(probe => !probe.IsLost).Select(probe => probe.Word).Distinct().Order(StringComparer.Ordinal);

    private static async Task AssertSharingAndDurationsAsync(AgentProcess agent, long begun)
    {
        var questions = (await MetricsPage.OfAsync(agent)).Sum("probe_agent_attempts_total");
        var status = await StatusAsync(agent);
        var passed = Stopwatch.GetElapsedTime(begun);

        // One question each half second, and one that began it.
        Assert.InRange(questions, 2, (passed / MaxAge) + 1);
        Assert.InRange(status.GetProperty("uptimeSeconds").GetDouble(), 1.5, passed.TotalSeconds + 1);
        Assert.InRange(status.GetProperty("checks").GetProperty("app")[0].GetProperty("forSeconds").GetDouble(), 1.5, passed.TotalSeconds);
    }

    private static async Task AssertDrainAsync(AgentProcess agent, Action jump)
    {
        var signalled = Stopwatch.GetTimestamp();
        agent.Signal("TERM");
        await ProbedPod.PauseAsync(0.5);
        jump();

        Assert.Equal(0, await agent.WaitForExitAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(signalled), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(3.5));
    }

    private static async Task<JsonElement> StatusAsync(AgentProcess agent)
    {
        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri(Text($"http://127.0.0.1:{agent.AdminPort}/status.json")));
        return JsonElement.Parse(text);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
