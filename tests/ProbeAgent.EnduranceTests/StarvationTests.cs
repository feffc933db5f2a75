using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>
/// An agent that gets no CPU says so. A healthy app is never called slow or down because of it, and a hung one is never called well.
/// </summary>
public sealed class StarvationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(0.1);

    [Theory]
    [InlineData("stopped at random", "httpGet")]
    [InlineData("10 millicores", "httpGet")]
    [InlineData("20 busy processes", "httpGet")]
    [InlineData("stopped at random", "https and grpc")]
    [InlineData("20 busy processes", "https and grpc")]
    [InlineData("10 millicores", "https and grpc")]
    public async Task What_a_starved_agent_says_is_true_or_that_it_is_late(string load, string kinds)
    {
        Witness.IsNeeded();
        var seed = Environment.TickCount;
        var (appPort, tlsPort) = (FreePort.Next(), FreePort.Next());
        string[] checks = kinds == "httpGet" ? ["http"] : ["https", "grpc"];
        await using var agent = await AgentProcess.StartAsync(("PROBEAGENT_CONFIG_YAML", Document(appPort, tlsPort)));
        await using var witness = await Witness.StartAsync(
            agent.PublicPort, appPort, tlsPort, [.. checks.SelectMany(check => new[] { $"/livez/{check},100ms", $"/readyz/{check},130ms" })]);
        await PauseAsync(0.5);

        double begun, ended;
        await using (Starvation.Of(load, agent, seed))
        {
            begun = await witness.NowAsync();
            await PauseAsync(2);
            await witness.AppBecomesAsync("slow");
            await PauseAsync(2);
            ended = await witness.NowAsync();
        }

        await witness.AppBecomesAsync("well");
        await PauseAsync(0.5);
        var (metrics, log) = (await MetricsPage.OfAsync(agent), agent.Output);
        await using (Starvation.Of(load, agent, seed + 1))
        {
            await witness.AppBecomesAsync("hung");
            await PauseAsync(2);
        }

        var testimony = await witness.EndAsync();
        output.WriteLine($"{load}, {kinds}, seed {seed}: {testimony.Summary}; probe_agent_late_total {metrics.Sum("probe_agent_late_total")}");
        Assert.Empty(testimony.AppsOwnFailures);
        Assert.Empty(testimony.Untrue(MaxAge));
        Assert.Empty(testimony.Broken);
        Assert.Contains(testimony.OfAgent, probe => probe.Code == 200 && probe.Sent >= begun && probe.Sent <= ended);
        Assert.DoesNotContain(log.Split('\n'), static line => line.Contains("is down", StringComparison.Ordinal));
        Assert.Equal(0, metrics.Sum("probe_agent_check_transitions_total"));
        var late = testimony.OfAgent.Where(probe => probe.IsLate && IsOfAWellApp(probe, testimony)).ToList();
        Assert.True(late.Count == 0 || metrics.Sum("probe_agent_late_total") > 0, "agent_late was answered and not counted");
    }

    private static bool IsOfAWellApp(ObservedProbe probe, Testimony testimony) =>
        testimony.States.Any(state => state.IsWell && state.Held(probe.Sent, probe.Ended));

    private static Task PauseAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);

    private static string Document(int appPort, int tlsPort) => string.Create(CultureInfo.InvariantCulture, $$"""
        checks:
        - name: http
          httpGet: {port: {{appPort}}, path: /status}
        - name: https
          httpGet: {scheme: HTTPS, port: {{tlsPort}}, path: /status}
        - name: grpc
          grpc: {port: {{tlsPort}}, tls: true}
        """);
}
