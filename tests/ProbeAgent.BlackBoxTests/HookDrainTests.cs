using System.Diagnostics;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>A hook that is on its way keeps a draining agent open: a preStop hook runs while everybody else is ending.</summary>
public sealed class HookDrainTests
{
    private const string Waiting = "Hooks that are on their way: 1";

    [Fact]
    public async Task A_hook_on_its_way_outlasts_the_time_to_drain()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pod = await HookPod.StartAsync(AppScripts.When(gate.Task, AppScripts.Well), ("PROBEAGENT_DRAIN_SECONDS", "1"));
        var (call, _) = await HookPod.BeginAsync(pod);
        using (call)
        {
            pod.Agent.Signal("TERM");
            await pod.Agent.WaitForOutputAsync(Waiting);
            Assert.Equal(200, (await pod.GetAsync("/livez")).Code);
            gate.SetResult();

            Assert.Equal(200, (await call.ReadAnswerAsync()).Code);
        }

        Assert.Equal(0, await pod.Agent.WaitForExitAsync());
    }

    [Fact]
    public async Task A_hook_on_its_way_outlasts_the_app_that_listens_no_more()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pod = await HookPod.StartAsync(AppScripts.When(gate.Task, AppScripts.Well));
        var (call, _) = await HookPod.BeginAsync(pod);
        using (call)
        {
            pod.Agent.Signal("TERM");
            await pod.App.StopListeningAsync();
            await pod.Agent.WaitForOutputAsync(Waiting);
            gate.SetResult();

            Assert.Equal(200, (await call.ReadAnswerAsync()).Code);
        }

        Assert.Equal(0, await pod.Agent.WaitForExitAsync());
    }

    [Fact]
    public async Task A_new_hook_is_served_while_draining()
    {
        await using var pod = await HookPod.StartAsync(AppScripts.Well);
        pod.Agent.Signal("TERM");
        await pod.Agent.WaitForOutputAsync("SIGTERM: draining");

        Assert.Equal(200, (await pod.GetAsync(HookPod.Target)).Code);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_second_signal_ends_it_at_once(string signal)
    {
        await using var pod = await HookPod.StartAsync(AppScripts.Silence, ("PROBEAGENT_DRAIN_SECONDS", "1"));
        var (call, _) = await HookPod.BeginAsync(pod);
        using (call)
        {
            pod.Agent.Signal("TERM");
            await pod.Agent.WaitForOutputAsync(Waiting);
            var signalled = Stopwatch.GetTimestamp();
            pod.Agent.Signal(signal);

            Assert.Equal(0, await pod.Agent.WaitForExitAsync());
            Assert.InRange(Stopwatch.GetElapsedTime(signalled), TimeSpan.Zero, TimeSpan.FromSeconds(1));
            Assert.Equal("", await call.ReadToEndAsync());
        }
    }

    [Fact]
    public async Task With_drain_0_no_hook_holds_the_end_up()
    {
        await using var pod = await HookPod.StartAsync(AppScripts.Silence, ("PROBEAGENT_DRAIN_SECONDS", "0"));
        var (call, _) = await HookPod.BeginAsync(pod);
        using (call)
        {
            var signalled = Stopwatch.GetTimestamp();
            pod.Agent.Signal("TERM");

            Assert.Equal(0, await pod.Agent.WaitForExitAsync());
            Assert.InRange(Stopwatch.GetElapsedTime(signalled), TimeSpan.Zero, TimeSpan.FromSeconds(2.5));
        }
    }
}
