using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>The log tells each change once, and nothing of what stays as it is.</summary>
public sealed class TransitionLogTests
{
    [Fact]
    public async Task Each_change_is_one_line_with_reason_or_duration_however_many_probes_see_it()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_DRAIN_SECONDS", "0"));
        await ProbeAsync(pod, 4);
        pod.App.Script = AppScripts.Status(503);
        await ProbeAsync(pod, 4);
        await Task.Delay(TimeSpan.FromSeconds(1.2), TestContext.Current.CancellationToken);
        pod.App.Script = AppScripts.Well;
        await ProbeAsync(pod, 4);

        var lines = await LinesAboutTheCheckAsync(pod);

        Assert.Equal(3, lines.Length);
        Assert.Matches("^\\S+Z info Check \"app\" is up", lines[0]);
        Assert.Matches("^\\S+Z warn Check \"app\" is down \\(bad_status\\): .*503", lines[1]);
        Assert.Contains($":{pod.App.Port}/status", lines[1], StringComparison.Ordinal);
        Assert.Matches("^\\S+Z info Check \"app\" is up.*\\b1(\\.\\d+)? ?s", lines[2]);
    }

    [Fact]
    public async Task A_check_that_is_down_from_the_start_is_told_once()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Reset, ("PROBEAGENT_DRAIN_SECONDS", "0"));
        await ProbeAsync(pod, 4);

        var line = Assert.Single(await LinesAboutTheCheckAsync(pod));

        Assert.Matches("^\\S+Z warn Check \"app\" is down \\(connection_reset\\): ", line);
    }

    [Fact]
    public async Task The_apps_body_cannot_forge_a_line()
    {
        await using var pod = await Pod.StartAsync(
            AppScripts.Send("HTTP/1.1 500 A\u001b[31mB\r\nContent-Length: 9\r\n\r\nx\nforged\n"), ("PROBEAGENT_DRAIN_SECONDS", "0"));
        await ProbeAsync(pod, 2);

        Assert.Single(await LinesAboutTheCheckAsync(pod));
        Assert.DoesNotContain("\nforged", pod.Agent.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', pod.Agent.Output);
    }

    [Fact]
    public async Task Unknown_names_are_told_once_with_those_that_exist()
    {
        await using var pod = await Pod.StartAsync(
            AppScripts.Well, ("PROBEAGENT_NAME", "the-real-name"), ("PROBEAGENT_DRAIN_SECONDS", "0"));

        for (var probe = 0; probe < 3; probe++)
        {
            Assert.Equal(404, (await pod.GetAsync("/livez/no-such-check")).Code);
        }

        pod.Agent.Signal("TERM");
        await pod.Agent.WaitForExitAsync();
        var line = Assert.Single(pod.Agent.Output.Split('\n'), line => line.Contains("no-such-check", StringComparison.Ordinal));
        Assert.Contains("the-real-name", line, StringComparison.Ordinal);
    }

    private static async Task ProbeAsync(Pod pod, int times)
    {
        for (var probe = 0; probe < times; probe++)
        {
            await pod.GetAsync("/livez");
            await pod.GetAsync("/readyz");
        }
    }

    /// <summary>Ends the agent, so that all it had to say is there.</summary>
    private static async Task<string[]> LinesAboutTheCheckAsync(Pod pod)
    {
        pod.Agent.Signal("TERM");
        await pod.Agent.WaitForExitAsync();
        return [.. pod.Agent.Output.Split('\n').Where(line => line.Contains("Check \"app\" is", StringComparison.Ordinal))];
    }
}
