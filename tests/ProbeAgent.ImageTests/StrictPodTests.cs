namespace ProbeAgent.ImageTests;

/// <summary>The image in a pod, with a read-only root, no capabilities, no shell and 32 MiB of memory.</summary>
public sealed class StrictPodTests(AgentImage image)
{
    // 503 is the agent's word for having been starved itself; it says nothing of the app.
    private static readonly string[] TrueOfAWellApp = ["200", "503"];
    private static readonly string[] TrueOfAClosedApp = ["502", "503"];

    [Fact]
    public async Task It_starts_with_all_rights_taken()
    {
        using var pod = await image.StartPodAsync();
        await using var agent = await image.StartAsync(pod);

        Assert.Equal(["65532"], agent.ProcessStatus("Uid").Split('\t').Distinct());
        Assert.Equal(["65532"], agent.ProcessStatus("Gid").Split('\t').Distinct());
        Assert.Equal("0000000000000000", agent.ProcessStatus("CapBnd"));
        Assert.Equal("1", agent.ProcessStatus("NoNewPrivs"));
        Assert.Equal("2", agent.ProcessStatus("Seccomp"));
        Assert.Equal(AgentContainer.MemoryLimit, agent.Memory("memory.limit_in_bytes", "memory.max"));
        Assert.StartsWith("ro", agent.RootMountOptions(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_tells_the_truth_about_the_app()
    {
        using var pod = await image.StartPodAsync();
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
    public async Task Inside_it_there_is_its_own_status_and_no_shell()
    {
        using var pod = await image.StartPodAsync();
        await using var agent = await image.StartAsync(pod);
        Assert.Equal(["200"], pod.Ask("/readyz"));

        Assert.Contains("app: up for", agent.Execute("probe-agent", "status"), StringComparison.Ordinal);
        // By the shells' own convention: there is no such program.
        Assert.All(["sh", "/bin/sh", "bash", "ls"], program => Assert.Equal(127, agent.TryExecute(program)));
    }

    [Fact]
    public async Task It_outlives_a_thousand_probes_and_ends_when_told()
    {
        using var pod = await image.StartPodAsync();
        await using var agent = await image.StartAsync(pod);

        Assert.Equal(["200"], pod.Ask("/livez"));
        var firstAnswer = agent.Age;
        var idle = Figure.OfMemory(agent);
        Assert.Equal(Enumerable.Repeat("200", 1_000), pod.Ask("/livez?[1-1000]"));
        var after = Figure.OfMemory(agent);

        Assert.Equal(("0", "false"), agent.Stop());
        Figure.Print($"first answer {firstAnswer.TotalMilliseconds:F0} ms after the runtime was told to start it");
        Figure.Print($"memory idle: {idle}");
        Figure.Print($"memory after 1,000 probes: {after}");
    }

    [Fact]
    public async Task Beside_an_ending_app_it_drains_and_ends_after_it()
    {
        using var pod = await image.StartPodAsync();
        await using var agent = await image.StartAsync(pod, "--env=PROBEAGENT_DRAIN_SECONDS=25");
        Assert.Equal(["200"], pod.Ask("/readyz"));

        agent.Signal("TERM");
        await agent.WaitForOutputAsync("SIGTERM: draining");

        Assert.Equal(["503"], pod.Ask("/readyz"));
        Assert.Equal(["200"], pod.Ask("/livez"));
        pod.KillApp();
        Assert.Equal(("0", "false"), await agent.WaitForExitAsync());
    }

    [Fact]
    public async Task With_50_millicores_it_answers_and_its_answers_are_true()
    {
        using var pod = await image.StartPodAsync();
        await using var agent = await image.StartAsync(pod, "--cpus=0.05");

        Assert.Equal(["200"], pod.Ask("/-/ready"));
        var (firstAnswer, start) = (agent.Age, agent.Cpu());
        var answers = pod.Ask("/livez?[1-100]");
        var (all, memory) = (agent.Cpu(), Figure.OfMemory(agent));
        pod.KillApp();
        var afterwards = pod.Ask("/livez?[1-10]");

        Figure.Print($"50 millicores: first answer after {firstAnswer.TotalMilliseconds:F0} ms, {start.TotalMilliseconds:F0} ms of CPU");
        Figure.Print($"50 millicores: 100 probes took {(all - start).TotalMilliseconds:F0} ms of CPU, {answers.Count(code => code == "200")} of them 200");
        Figure.Print($"50 millicores: {memory}");
        Assert.Equal(("0", "false"), agent.Stop());
        Assert.All(answers, code => Assert.Contains(code, TrueOfAWellApp));
        Assert.Contains("200", answers);
        Assert.All(afterwards, code => Assert.Contains(code, TrueOfAClosedApp));
    }
}
