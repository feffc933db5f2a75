using System.Diagnostics;
using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>
/// An agent that stands still while the app answers, and wakes up around the end of its budget: the answer lay there in time, so it
/// counts, or the agent says that it was late itself.
/// </summary>
public sealed class StoppedAtDeadlineTests(ITestOutputHelper output)
{
    private const int Rounds = 2;

    // timeoutSeconds 1 less its margin.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(0.9);
    private static readonly int[] WakingsAfterBudget = [-30, 0, 5, 10, 20, 30, 40, 60];

    [Fact]
    public async Task An_app_that_answered_in_time_is_not_called_slow()
    {
        Witness.IsNeeded();
        var appPort = FreePort.Next();
        // The witness asks nobody here: it is the app, which takes 300 ms.
        await using var app = await Witness.StartAsync(agentPort: 1, appPort, tlsPort: 0);
        await app.AppBecomesAsync("slow");

        var words = await Task.WhenAll(WakingsAfterBudget.Select(waking => AskAsync(appPort, TimeSpan.FromMilliseconds(waking))));

        var all = words.SelectMany(word => word).ToList();
        output.WriteLine(string.Join("; ", all));
        Assert.All(all, word => Assert.True(
            word.EndsWith(" ok", StringComparison.Ordinal) || word.EndsWith("agent_late", StringComparison.Ordinal), word));
        Assert.Empty((await app.EndAsync()).AppsOwnFailures);
    }

    private static async Task<IReadOnlyList<string>> AskAsync(int appPort, TimeSpan waking)
    {
        await using var agent = await AgentProcess.StartAsync(
            ("PROBEAGENT_TARGET", string.Create(CultureInfo.InvariantCulture, $":{appPort}/status")), ("PROBEAGENT_MAX_AGE_SECONDS", "0"));
        using var client = new HttpClient();
        await client.GetStringAsync(agent.Url("/-/healthy"));
        var words = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var asked = Stopwatch.GetTimestamp();
            var answer = client.GetAsync(agent.Url("/livez"));
            await UntilAsync(asked, TimeSpan.FromSeconds(0.1));
            agent.Signal("STOP");
            await UntilAsync(asked, Budget + waking);
            agent.Signal("CONT");
            using var response = await answer;
            var body = await response.Content.ReadAsStringAsync();
            words.Add($"woken {waking.TotalMilliseconds} ms after the budget: {body.Split('\n')[0]}");
        }

        return words;
    }

    private static async Task UntilAsync(long since, TimeSpan when)
    {
        var left = when - Stopwatch.GetElapsedTime(since);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, TestContext.Current.CancellationToken);
        }
    }
}
