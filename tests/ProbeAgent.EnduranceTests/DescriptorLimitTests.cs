using System.Diagnostics;

namespace ProbeAgent.EnduranceTests;

/// <summary>An agent that runs out of descriptors while strangers connect.</summary>
public sealed class DescriptorLimitTests(Siege siege, ITestOutputHelper output)
{
    private const string Strangers = "127.0.0.2,127.0.0.3,127.0.0.4,127.0.0.5";
    private const int Descriptors = 40;
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("idle")]
    [InlineData("requests")]
    public async Task Out_of_descriptors_it_waits_for_some_and_burns_no_core(string kind)
    {
        await using var pod = await BesiegedPod.StartAsync(siege, appMilliseconds: 10, ["prlimit", $"--nofile={Descriptors}"]);
        var before = ProcessFigures.Of(pod.Agent.Id);
        var start = Stopwatch.GetTimestamp();

        var outcome = await pod.FloodAsync(kind, Strangers, Hold, "--count", "200", "--pause", "1s");

        var busy = (ProcessFigures.Of(pod.Agent.Id).Processor - before.Processor) / Stopwatch.GetElapsedTime(start);
        output.WriteLine($"{outcome}\nbusy for {busy:P0} of the time");
        Assert.False(pod.Agent.HasExited, pod.Agent.Output);
        // The agent's own word that the limit was met: readings of /proc are too few to see it for certain.
        await pod.Agent.WaitForOutputAsync("cannot be taken in");
        Assert.InRange(busy, 0, 0.5);
        // Without a descriptor for the question the agent may say so, and nothing else.
        Assert.Equal(outcome.Kubelet.AgentsOwn, outcome.Kubelet.Failed);
        await ProcessFigures.WhenAsync(pod.Agent.Id, now => now.Descriptors <= before.Descriptors, TimeSpan.FromSeconds(10));
        var after = await pod.ProbeAsync(TimeSpan.FromSeconds(1));
        Assert.True(after is { Lost: 0, Failed: 0 }, $"{after}");
    }
}
