namespace ProbeAgent.EnduranceTests;

/// <summary>
/// The ends of a pod, and of the agent alone, with probes arriving all the time: no failure is made up for a healthy app, no answer
/// breaks off, and nothing is lost that the agent could have answered.
/// </summary>
public sealed class EndingsTests(ITestOutputHelper output)
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Agent_first_it_outlives_the_app_and_only_readiness_fails_meanwhile()
    {
        await using var pod = await ProbedPod.StartAsync(drainSeconds: 25);
        var signalled = await pod.SignalAsync("TERM");
        await ProbedPod.PauseAsync(2.5);
        var closed = await pod.Witness.AppBecomesAsync("closed");

        Assert.InRange(await pod.AgentEndsAsync(), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(3.5));

        var testimony = await TrueTestimonyAsync(pod);
        Assert.Empty(testimony.Lost(until: closed));
        AssertDraining(testimony, signalled, closed);
    }

    [Fact]
    public async Task App_first_its_end_is_told_and_the_agent_follows()
    {
        await using var pod = await ProbedPod.StartAsync(drainSeconds: 25);
        await pod.Witness.AppBecomesAsync("closed");
        await ProbedPod.PauseAsync(1);
        var signalled = await pod.SignalAsync("TERM");

        Assert.InRange(await pod.AgentEndsAsync(), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(3.5));

        Assert.Empty((await TrueTestimonyAsync(pod)).Lost(until: signalled));
    }

    [Theory]
    [InlineData("well")]
    [InlineData("slow")]
    public async Task Both_at_once(string app)
    {
        await using var pod = await ProbedPod.StartAsync(drainSeconds: 25, app);
        var signalled = await pod.SignalAsync("TERM");
        await pod.Witness.AppBecomesAsync("closed");

        Assert.InRange(await pod.AgentEndsAsync(), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(3.5));

        Assert.Empty((await TrueTestimonyAsync(pod)).Lost(until: signalled));
    }

    [Fact]
    public async Task A_native_sidecar_ends_at_once_after_the_app()
    {
        await using var pod = await ProbedPod.StartAsync(drainSeconds: 0);
        await pod.Witness.AppBecomesAsync("closed");
        await ProbedPod.PauseAsync(0.5);
        var signalled = await pod.SignalAsync("TERM");

        Assert.InRange(await pod.AgentEndsAsync(), TimeSpan.Zero, AtOnce);

        Assert.Empty((await TrueTestimonyAsync(pod)).Lost(until: signalled));
    }

    [Theory]
    [InlineData("well")]
    [InlineData("slow")]
    public async Task A_native_sidecar_that_is_replaced_alone_is_back_within_two_seconds(string app)
    {
        await using var pod = await ProbedPod.StartAsync(drainSeconds: 0, app);
        var signalled = await pod.SignalAsync("TERM");

        Assert.InRange(await pod.AgentEndsAsync(), TimeSpan.Zero, AtOnce);
        Assert.InRange(await pod.AgentStartsAgainAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        var back = await pod.Witness.NowAsync();
        await ProbedPod.PauseAsync(1.5);

        AssertAlmostNothingLost(await TrueTestimonyAsync(pod), signalled, back);
    }

    [Fact]
    public async Task A_regular_container_that_is_replaced_alone_drains_first()
    {
        await using var pod = await ProbedPod.StartAsync(drainSeconds: 2);
        var signalled = await pod.SignalAsync("TERM");

        Assert.InRange(await pod.AgentEndsAsync(), TimeSpan.FromSeconds(1.8), TimeSpan.FromSeconds(3.5));
        Assert.InRange(await pod.AgentStartsAgainAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        var back = await pod.Witness.NowAsync();
        await ProbedPod.PauseAsync(1.5);

        var testimony = await TrueTestimonyAsync(pod);
        AssertDraining(testimony, signalled, signalled + 1800);
        // Its second of the drain is whole: what is lost is lost between its end and its start.
        AssertAlmostNothingLost(testimony, signalled + 1800, back);
    }

    [Fact]
    public async Task Killed_and_started_again_it_loses_one_probe_at_most()
    {
        await using var pod = await ProbedPod.StartAsync(drainSeconds: 0);
        for (var kill = 0; kill < 3; kill++)
        {
            var killed = await pod.SignalAsync("KILL");
            Assert.InRange(await pod.AgentStartsAgainAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
            var back = await pod.Witness.NowAsync();
            output.WriteLine($"killed at {killed}, back at {back}");
            await ProbedPod.PauseAsync(1.1);
        }

        var testimony = await pod.Witness.EndAsync();
        output.WriteLine(testimony.Summary);
        Assert.Empty(testimony.Untrue(TimeSpan.Zero));
        AssertNoTwoLostInARow(testimony);
    }

    [Fact]
    public async Task An_app_that_is_never_up_is_down_all_the_time_and_its_agent_ends()
    {
        await using var pod = await ProbedPod.StartAsync(drainSeconds: 25, app: "closed");
        await ProbedPod.PauseAsync(1);
        var signalled = await pod.SignalAsync("TERM");

        Assert.InRange(await pod.AgentEndsAsync(), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(3.5));

        Assert.Empty((await TrueTestimonyAsync(pod)).Lost(until: signalled));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_second_signal_ends_the_drain_and_makes_nothing_up(string second)
    {
        await using var pod = await ProbedPod.StartAsync(drainSeconds: 25, app: "slow");
        await pod.SignalAsync("TERM");
        await ProbedPod.PauseAsync(0.7);
        var signalled = await pod.SignalAsync(second);

        Assert.InRange(await pod.AgentEndsAsync(), TimeSpan.Zero, AtOnce);

        var testimony = await TrueTestimonyAsync(pod);
        // Those that were waiting for the app then were cut off.
        Assert.Empty(testimony.Lost(until: signalled - 400));
    }

    private static void AssertDraining(Testimony testimony, double from, double until)
    {
        var during = testimony.OfAgent.Where(probe => probe.Sent > from + 300 && probe.Ended < until).ToList();
        Assert.All(during, probe => Assert.Equal(probe.Path == "/readyz", probe.IsDraining));
        Assert.Contains(during, probe => probe.Path == "/readyz");
        Assert.Contains(during, probe => probe.Path == "/livez");
    }

    private static void AssertAlmostNothingLost(Testimony testimony, double from, double until)
    {
        Assert.Empty(testimony.Lost(until: from - 400));
        Assert.Empty(testimony.Lost(from: until));
        AssertNoTwoLostInARow(testimony);
    }

    // A threshold of two is the least that survives one.
    private static void AssertNoTwoLostInARow(Testimony testimony)
    {
        var seconds = testimony.OfAgent.Where(probe => probe.Path == ProbedPod.OnceASecond).OrderBy(probe => probe.Sent).ToList();
        Assert.True(seconds.Count > 1);
        Assert.DoesNotContain(seconds.Zip(seconds.Skip(1)), pair => pair.First.IsLost && pair.Second.IsLost);
    }

    private async Task<Testimony> TrueTestimonyAsync(ProbedPod pod)
    {
        var testimony = await pod.Witness.EndAsync();
        output.WriteLine(testimony.Summary);
        Assert.Empty(testimony.AppsOwnFailures);
        Assert.Empty(testimony.Untrue(TimeSpan.Zero));
        Assert.Empty(testimony.Broken);
        return testimony;
    }
}
