using System.Globalization;

namespace ProbeAgent.ImageTests;

/// <summary>The image from the Dockerfile, run with a read-only root, no capabilities and 32 MiB of memory.</summary>
public sealed class AgentImageTests(AgentImage image) : IClassFixture<AgentImage>
{
    private const string Binary = "/usr/local/bin/probe-agent";

    [Fact]
    public void It_adds_the_binary_to_its_base_and_nothing_else() =>
        Assert.Equal([Binary], image.OwnFiles().Keys);

    [Fact]
    public void It_is_not_roots()
    {
        Assert.Equal("65532:65532", image.Inspect("{{.Config.User}}"));
        Assert.Equal($"[{Binary}]", image.Inspect("{{.Config.Entrypoint}}"));
    }

    [Fact]
    public async Task It_starts_with_all_rights_taken()
    {
        using var pod = await StartPodAsync();
        await using var agent = await image.StartAsync(pod);

        Assert.Equal(["65532"], agent.ProcessStatus("Uid").Split('\t').Distinct());
        Assert.Equal(["65532"], agent.ProcessStatus("Gid").Split('\t').Distinct());
        Assert.Equal("0000000000000000", agent.ProcessStatus("CapBnd"));
        Assert.Equal("1", agent.ProcessStatus("NoNewPrivs"));
        Assert.Equal(AgentContainer.MemoryLimit, agent.Memory("memory.limit_in_bytes", "memory.max"));
        Assert.StartsWith("ro", agent.RootMountOptions(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_tells_the_truth_about_the_app()
    {
        using var pod = await StartPodAsync();
        await using var agent = await image.StartAsync(pod);

        Assert.Equal(["200"], pod.Ask("/livez"));
        pod.FreezeApp();
        Assert.Equal(["504"], pod.Ask("/livez"));
        pod.ThawApp();
        Assert.Equal(["200"], pod.Ask("/livez"));
        pod.KillApp();
        Assert.Equal(["502"], pod.Ask("/livez"));
    }

    [Fact]
    public async Task Its_status_can_be_read_from_inside()
    {
        using var pod = await StartPodAsync();
        await using var agent = await image.StartAsync(pod);
        Assert.Equal(["200"], pod.Ask("/readyz"));

        Assert.Contains("app: up for", agent.Execute("probe-agent", "status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_outlives_a_thousand_probes_and_ends_when_told()
    {
        using var pod = await StartPodAsync();
        await using var agent = await image.StartAsync(pod);

        Assert.Equal(["200"], pod.Ask("/livez"));
        var firstAnswer = agent.Age;
        var idle = Figures(agent);
        Assert.Equal(Enumerable.Repeat("200", 1_000), pod.Ask("/livez?[1-1000]"));
        var after = Figures(agent);

        Assert.Equal(("0", "false"), agent.Stop());
        Print($"first answer {firstAnswer.TotalMilliseconds:F0} ms after the runtime was told to start it");
        Print($"memory idle: {idle}");
        Print($"memory after 1,000 probes: {after}");
        Print($"binary: {image.OwnFiles()[Binary]:N0} bytes");
    }

    private static string Figures(AgentContainer agent)
    {
        var cgroup = agent.Memory("memory.usage_in_bytes", "memory.current") / 1024;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"resident {agent.ProcessStatus("VmRSS")}, anonymous {agent.ProcessStatus("RssAnon")}, cgroup {cgroup} kB");
    }

    private static void Print(FormattableString figure) =>
        Console.WriteLine($"image: {figure.ToString(CultureInfo.InvariantCulture)}");

    // The image first: whatever the machine lacks is found before anything is made.
    private Task<PodNamespace> StartPodAsync()
    {
        _ = image.Engine;
        return PodNamespace.StartAsync();
    }
}
