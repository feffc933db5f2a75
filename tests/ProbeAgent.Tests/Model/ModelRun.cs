using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using ProbeAgent.Checks;
using ProbeAgent.Configuration;
using ProbeAgent.Mesh;
using ProbeAgent.Serving;
using ProbeAgent.Telemetry;
using ProbeAgent.Tests.Model.Oracle;

namespace ProbeAgent.Tests.Model;

/// <summary>Plays a scenario to the real endpoint and its checks, event by event, and writes down what comes of it.</summary>
internal sealed class ModelRun
{
    // In real time, and only where something is wrong: on the model's clock everything happens at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly ProbeKind[] Kinds = [ProbeKind.Liveness, ProbeKind.Readiness, ProbeKind.Startup];
    private static readonly string[] Words = ["livez", "readyz", "startupz"];

    private readonly Scenario scenario;
    private readonly Seen seen;
    private readonly Channel<bool> changes = Channel.CreateUnbounded<bool>();
    private readonly ModelClock clock;
    private readonly AgentMetrics metrics = new(AgentVersion.Current);
    private readonly List<ModelApp> apps = [];
    private readonly List<CheckConfiguration> configurations = [];
    private readonly List<Check> checks = [];
    private readonly ProbeEndpoint endpoint;
    private readonly DrainSwitch drain = new();
    private readonly List<ModelCaller> callers = [];
    private readonly List<(string Key, Task<CheckAnswer> Answer)> witnesses = [];
    private readonly Queue<(TimeSpan At, Action Happens)> plan;

    private ModelRun(Scenario scenario)
    {
        this.scenario = scenario;
        seen = new Seen(scenario) { Start = ModelClock.Start };
        clock = new ModelClock(Changed);
        foreach (var check in scenario.Checks)
        {
            Add(check);
        }

        endpoint = new ProbeEndpoint(
            checks,
            Detail.Reason,
            drain,
            () => Task.FromResult<string?>(null),
            metrics,
            new CaptureWatch(15081, [], () => "unknown", metrics, clock, NullLogger<CaptureWatch>.Instance),
            new UnknownNames(checks, metrics, clock, NullLogger<UnknownNames>.Instance),
            clock);
        plan = new(Planned().OrderBy(item => item.At));
    }

    /// <summary>Plays it to its end.</summary>
    public static async Task<Seen> PlayAsync(Scenario scenario)
    {
        var run = new ModelRun(scenario);
        await run.PlayAsync();
        return run.seen;
    }

    private void Add(PlannedCheck check)
    {
        var configuration = new CheckConfiguration
        {
            Name = check.Name,
            Container = check.Container,
            Probes = [.. check.Serves.Select(word => Kinds[Array.IndexOf(Words, word)])],
            Action = new TcpSocketAction(check.IsAuto ? PodHost.Auto : new PodHost("127.0.0.1", [IPAddress.Loopback]), 80),
            Timeout = check.Timeout,
            MaxAge = check.MaxAge,
        };
        var app = new ModelApp(check, clock, seen, Changed);
        var record = new CheckRecord(
            check.Name, metrics.ForCheck(check.Name, check.Timeout, []), clock, NullLogger<CheckRecord>.Instance);
        apps.Add(app);
        configurations.Add(configuration);
        checks.Add(new Check(configuration, app, new ProbeAgent.Probing.PodAddress(), record, clock, CancellationToken.None));
    }

    // What comes while the agent gets no CPU waits until it has some.
    private IEnumerable<(TimeSpan At, Action Happens)> Planned() =>
        (scenario.DrainsAt is { } at ? [(scenario.Awake(at), drain.Throw)] : Array.Empty<(TimeSpan At, Action Happens)>())
        .Concat(scenario.Probes.Select(probe => (scenario.Awake(probe.At), (Action)(() => Send(probe)))))
        .Concat(scenario.Probes.Where(probe => probe.HangsUpAt is not null)
            .Select(probe => (scenario.Awake(probe.HangsUpAt!.Value), (Action)(() => callers.FirstOrDefault(caller => caller.IsOf(probe))?.HangUp()))))
        .Concat(scenario.Jumps.Select(jump => (scenario.Awake(jump.At), (Action)(() => clock.WallOffset += jump.By))));

    private async Task PlayAsync()
    {
        while (Next() is { } next)
        {
            clock.MoveTo(scenario.Awake(next));
            await SettleAsync();
            apps.ForEach(app => app.Deliver());
            await SettleAsync();
            while (plan.TryPeek(out var item) && item.At <= clock.Now)
            {
                plan.Dequeue().Happens();
                await SettleAsync();
            }
        }

        await ReadMetricsAsync();
        foreach (var (check, configuration) in checks.Zip(configurations))
        {
            var snapshot = check.Snapshot();
            seen.ShownSince[check.Name] = snapshot.IsUp is null ? null : clock.Now - snapshot.For;
        }
    }

    private TimeSpan? Next()
    {
        TimeSpan? planned = plan.TryPeek(out var item) ? item.At : null;
        return planned is null && witnesses.Count == 0 ? null : apps.Select(app => app.NextDue).Append(clock.NextDue).Append(planned).Min();
    }

    // With every check that a probe asks, a second caller of the same moment: it shares the question, and tells when it is over.
    private void Send(PlannedProbe probe)
    {
        var answer = new SeenAnswer(probe, clock.Now);
        seen.Answers.Add(answer);
        callers.Add(new ModelCaller(endpoint, answer, () => AnswerRule.IsDraining(answer, scenario) ? [] : Witnesses(probe)));
    }

    private List<Task> Witnesses(PlannedProbe probe)
    {
        var asked = probe.Asked(scenario)
            .Select(planned => (Planned: planned, Answer: checks.Single(check => check.Name == planned.Name).AnswerAsync(IPAddress.Parse(probe.Pod), null)))
            .ToList();
        foreach (var (planned, answer) in asked)
        {
            seen.Callers[planned.Name] = seen.Callers.GetValueOrDefault(planned.Name) + 2;
            witnesses.Add((probe.KeyOf(planned), answer));
            answer.ContinueWith(_ => Changed(), TaskScheduler.Default);
        }

        return [.. asked.Select(one => one.Answer)];
    }

    private void Changed() => changes.Writer.TryWrite(true);

    // Until everything waits for the app or the clock.
    private async Task SettleAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!IsAtRest())
        {
            await changes.Reader.ReadAsync(patience.Token);
        }

        foreach (var caller in callers.Where(caller => caller.IsDue).ToList())
        {
            await caller.ReadAsync(clock.Now, Patience);
            callers.Remove(caller);
            caller.Dispose();
        }
    }

    private bool IsAtRest()
    {
        foreach (var witness in witnesses.Where(witness => witness.Answer.IsCompleted).ToList())
        {
            witnesses.Remove(witness);
            Write(witness.Key, witness.Answer.Result);
        }

        return clock.Paused + apps.Sum(app => app.Holding) >= witnesses.Select(witness => witness.Key).Distinct().Count();
    }

    private void Write(string key, CheckAnswer answer)
    {
        lock (seen)
        {
            if (seen.Questions.LastOrDefault(question => question.Key == key && question.Ended is null) is not { } over)
            {
                return;
            }

            (over.Ended, over.Code, over.Reason) = (clock.Now, answer.Code, answer.Reason);
            seen.Ended.Add(over);
        }
    }

    private async Task ReadMetricsAsync()
    {
        var page = Encoding.UTF8.GetString((await metrics.Page.TakeAsync(null)).Page);
        foreach (var line in page.Split('\n').Where(line => line.StartsWith("probe_agent_", StringComparison.Ordinal)))
        {
            var space = line.LastIndexOf(' ');
            seen.Metrics[line[..space]] = double.Parse(line[(space + 1)..], CultureInfo.InvariantCulture);
        }
    }
}
