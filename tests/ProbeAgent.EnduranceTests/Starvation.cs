using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>A way in which the agent is kept from its CPU, from its creation until it is disposed of.</summary>
public abstract class Starvation : IAsyncDisposable
{
    /// <summary>Begins one of them by its name.</summary>
    public static Starvation Of(string name, AgentProcess agent, int seed) => name switch
    {
        "stopped at random" => new StoppedAtRandom(agent, seed),
        "10 millicores" => new TenMillicores(agent),
        "20 busy processes" => new TwentyBusyProcesses(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such load."),
    };

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    private sealed class StoppedAtRandom : Starvation
    {
        private readonly CancellationTokenSource ended = new();
        private readonly Task stopping;

        public StoppedAtRandom(AgentProcess agent, int seed) => stopping = StopAndGoAsync(agent, new Random(seed));

        public override async ValueTask DisposeAsync()
        {
            await ended.CancelAsync();
            await stopping;
            ended.Dispose();
        }

#pragma warning disable CA5394 // A seeded generator is what is wanted: the same run again.
        private async Task StopAndGoAsync(AgentProcess agent, Random random)
        {
            while (!ended.IsCancellationRequested)
            {
                agent.Signal("STOP");
                await PauseAsync(random.Next(20, random.Next(3) == 0 ? 2500 : 400));
                agent.Signal("CONT");
                await PauseAsync(random.Next(1, 600));
            }
        }
#pragma warning restore CA5394

        private Task PauseAsync(int milliseconds) =>
            Task.Delay(milliseconds, ended.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private sealed class TenMillicores : Starvation
    {
        private readonly ControlGroup group = new("cpu", new("cpu.cfs_quota_us", "1000"), new("cpu.max", "1000 100000"));

        public TenMillicores(AgentProcess agent) => group.Add(agent.Id);

        public override ValueTask DisposeAsync()
        {
            group.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class TwentyBusyProcesses : Starvation
    {
        private readonly List<System.Diagnostics.Process> busy =
            [.. Enumerable.Range(0, 20).Select(_ => System.Diagnostics.Process.Start("/bin/sh", ["-c", "while :; do :; done"]))];

        public override async ValueTask DisposeAsync()
        {
            busy.ForEach(process => process.Kill());
            foreach (var process in busy)
            {
                await process.WaitForExitAsync();
                process.Dispose();
            }
        }
    }
}
