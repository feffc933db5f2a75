using ProbeAgent.EnduranceTests;

namespace ProbeAgent.ImageTests;

/// <summary>2,000 connections at once against the container, from the kubelet's own address: it is served, and nothing is killed.</summary>
public sealed class ContainerFloodTests(AgentImage image, ITestOutputHelper output)
{
    private const string Address = "127.0.0.1:15081";
    private const int Connections = 2000;

    [Theory]
    [InlineData("idle")]
    [InlineData("drip")]
    [InlineData("requests")]
    public async Task It_costs_the_kubelet_no_answer(string kind)
    {
        PodProgram.IsNeeded();
        using var pod = await image.StartPodAsync();
        await using var agent = await image.StartAsync(pod, "--env=PROBEAGENT_MAX_AGE_SECONDS=0.1");
        Assert.Equal(["200"], pod.Ask("/livez"));

        await using var kubelet = PodProgram.Siege(pod, "kubelet", "--to", Address);
        await using var flood = PodProgram.Siege(pod, "flood", "--kind", kind, "--from", "127.0.0.1", "--to", Address, "--hold", "500ms");
        Assert.Equal("tried", await flood.ReadLineAsync());
        var damage = await flood.ReadAsync<FloodDamage>();
        var tally = await kubelet.EndAsync<KubeletTally>();

        output.WriteLine($"{damage}\n{tally}");
        Figure.Print($"memory after a flood of 2,000 ({kind}): {Figure.OfMemory(agent)}");
        Assert.True(damage.Opened >= Connections, $"{damage}");
        Assert.True(damage.Answers > 0 || kind != "requests", $"{damage}");
        Assert.True((tally.Lost, tally.Failed) == (0, 0), $"{tally}");
        Assert.Equal(("0", "false"), agent.Stop());
    }
}
