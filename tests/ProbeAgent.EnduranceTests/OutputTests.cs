using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>A log that nobody takes, at its most talkative and with an app that changes all the time: no probe waits for it.</summary>
public sealed class OutputTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("full", "exec \"$0\" >/dev/full 2>&1")]
    [InlineData("closed", "exec \"$0\" >&- 2>&-")]
    [InlineData("closed with standard input", "exec \"$0\" <&- >&- 2>&-")]
    [InlineData("a pipe that nobody reads", "exec \"$0\"")]
    [InlineData("a pipe whose reader has gone", "mkfifo \"$1\"; head -n 1 <\"$1\" >/dev/null & exec \"$0\" >\"$1\" 2>&1")]
    public async Task Every_probe_is_answered_at_once(string what, string shell)
    {
        Witness.IsNeeded();
        var appPort = FreePort.Next();
        using var folder = new TemporaryFolder();
        await using var agent = await OddAgent.StartAsync(
            ["/bin/sh", "-c", shell, Checkout.AgentBinary, $"{folder.Path}/pipe"],
            isRead: false,
            ("PATH", "/usr/bin:/bin"), ("PROBEAGENT_TARGET", string.Create(CultureInfo.InvariantCulture, $":{appPort}/status")),
            ("PROBEAGENT_MAX_AGE_SECONDS", "0"), ("PROBEAGENT_LOG_LEVEL", "debug"), ("PROBEAGENT_DRAIN_SECONDS", "0"));
        await using var witness = await Witness.StartAsync(agent.PublicPort, appPort, tlsPort: 0, "/livez,5ms", "/readyz,7ms", "/app-health/app/livez,9ms");

        for (var change = 0; change < 3; change++)
        {
            await ProbedPod.PauseAsync(0.25);
            await witness.AppBecomesAsync("failing");
            await ProbedPod.PauseAsync(0.25);
            await witness.AppBecomesAsync("well");
        }

        var testimony = await witness.EndAsync();
        var times = testimony.OfAgent.Select(probe => probe.Ended - probe.Sent).Order().ToList();
        output.WriteLine($"{what}: {testimony.Summary}; ms p50 {times[times.Count / 2]}, p99 {times[times.Count * 99 / 100]}, max {times[^1]}");
        Assert.False(agent.HasExited);
        Assert.Empty(testimony.Lost());
        Assert.Empty(testimony.Untrue(TimeSpan.Zero));
        Assert.True(times[times.Count * 99 / 100] < 100, "p99 is not under 100 ms");
        agent.Signal("TERM");
        Assert.Equal(0, await agent.WaitForExitAsync());
    }
}
