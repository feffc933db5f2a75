using System.Diagnostics;
using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>An app and the agent beside it, at ports that they keep when they are started again, with probes arriving all the time.</summary>
public sealed class ProbedPod : IAsyncDisposable
{
    /// <summary>The path that is asked at the kubelet's period of one second.</summary>
    public const string OnceASecond = "/startupz";

    private readonly (string Name, string Value)[] environment;

    private ProbedPod(AgentProcess agent, Witness witness, (string Name, string Value)[] environment) =>
        (Agent, Witness, this.environment) = (agent, witness, environment);

    /// <summary>The agent that runs now, or ran last.</summary>
    public AgentProcess Agent { get; private set; }

    /// <summary>The app and the kubelet.</summary>
    public Witness Witness { get; }

    /// <summary>Starts all three; the app is well, or what <paramref name="app"/> says.</summary>
    public static async Task<ProbedPod> StartAsync(double drainSeconds, string app = "well")
    {
        Witness.IsNeeded();
        var (appPort, agentPort) = (FreePort.Next(), FreePort.Next());
        (string, string)[] environment =
        [
            ("PROBEAGENT_TARGET", Text($":{appPort}/status")), ("PROBEAGENT_LISTEN", Text($":{agentPort}")),
            ("PROBEAGENT_DRAIN_SECONDS", Text($"{drainSeconds}")), ("PROBEAGENT_MAX_AGE_SECONDS", "0"),
        ];
        var agent = await AgentProcess.StartAsync(environment);
        var witness = await Witness.StartAsync(agentPort, appPort, tlsPort: 0, "/livez,30ms", "/readyz,40ms", $"{OnceASecond},1s");
        await witness.AppBecomesAsync(app);
        await PauseAsync(0.5);
        return new ProbedPod(agent, witness, environment);
    }

    /// <summary>Lets the probes go on.</summary>
    public static Task PauseAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);

    /// <summary>Sends a signal; returns the time on the witness' clock just before.</summary>
    public async Task<double> SignalAsync(string name)
    {
        var now = await Witness.NowAsync();
        Agent.Signal(name);
        return now;
    }

    /// <summary>Waits until the agent has ended, and returns how long that took.</summary>
    public async Task<TimeSpan> AgentEndsAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        Assert.Equal(0, await Agent.WaitForExitAsync());
        return Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>Starts it again, as the kubelet does; returns how long it took until it listens.</summary>
    public async Task<TimeSpan> AgentStartsAgainAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        await Agent.DisposeAsync();
        Agent = await AgentProcess.StartAsync(environment);
        return Stopwatch.GetElapsedTime(begun);
    }

    public async ValueTask DisposeAsync()
    {
        await Witness.DisposeAsync();
        await Agent.DisposeAsync();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
