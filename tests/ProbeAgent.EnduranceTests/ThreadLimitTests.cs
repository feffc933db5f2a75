using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>The pod has all the threads that it may have: the agent goes on with those that it has.</summary>
public sealed class ThreadLimitTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Where_no_thread_can_be_created_it_goes_on()
    {
        Witness.IsNeeded();
        var appPort = FreePort.Next();
        await using var agent = await AgentProcess.StartAsync(("PROBEAGENT_CONFIG_YAML", Document(appPort)), ("PROBEAGENT_DRAIN_SECONDS", "0"));
        await using var witness = await Witness.StartAsync(agent.PublicPort, appPort, tlsPort: 0, "/livez,20ms", "/readyz,20ms", "/relay/app,50ms", "/metrics,50ms");
        await ProbedPod.PauseAsync(0.3);
        using (var group = new ControlGroup("pids", new("pids.max", "max"), new("pids.max", "max")))
        {
            group.Add(agent.Id);
            group.Set("pids.max", group.Read("pids.current"));
            await ProbedPod.PauseAsync(1);
            await witness.AppBecomesAsync("slow");
            await ProbedPod.PauseAsync(2);
            await witness.AppBecomesAsync("failing");
            await ProbedPod.PauseAsync(0.5);
            await witness.AppBecomesAsync("well");
            await ProbedPod.PauseAsync(0.5);
            output.WriteLine($"{group.Read("pids.current").Trim()} threads, refused: {group.Read("pids.events").Trim()}");
        }

        var testimony = await witness.EndAsync();
        output.WriteLine(testimony.Summary);
        Assert.False(agent.HasExited);
        Assert.Empty(testimony.Lost());
        Assert.Empty(testimony.Untrue(TimeSpan.Zero));
        agent.Signal("TERM");
        Assert.Equal(0, await agent.WaitForExitAsync());
    }

    private static string Document(int appPort) => string.Create(CultureInfo.InvariantCulture, $$"""
        checks:
        - name: app
          maxAgeSeconds: 0
          httpGet: {port: {{appPort}}, path: /status}
        relays:
        - {name: app, target: ':{{appPort}}/metrics'}
        """);
}
