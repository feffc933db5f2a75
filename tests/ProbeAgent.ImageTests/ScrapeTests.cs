using System.Diagnostics;
using ProbeAgent.Lab;

namespace ProbeAgent.ImageTests;

/// <summary>What Prometheus reads of the container: its own metrics, and the app's through a relay.</summary>
public sealed class ScrapeTests(AgentImage image)
{
    [Fact]
    public async Task Its_metrics_are_well_formed_and_know_the_app_and_the_build()
    {
        Needs.Programs("promtool");
        using var pod = await image.StartPodAsync();
        await using var agent = await image.StartAsync(pod);
        Assert.Equal(["200"], pod.Ask("/livez"));

        var page = pod.Get("/metrics");

        Assert.Contains("\nprobe_agent_check_up{check=\"app\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains($"version=\"{AgentDockerfile.Default("VERSION")}\"", page, StringComparison.Ordinal);
        Assert.Contains($"revision=\"{AgentImage.Revision[..12]}", page, StringComparison.Ordinal);
        Assert.Equal("", Judge(page));
    }

    [Fact]
    public async Task It_relays_the_apps_metrics()
    {
        using var pod = await image.StartPodAsync();
        await using var agent = await image.StartAsync(pod, "--env=PROBEAGENT_METRICS_TARGET=:80/metrics");

        Assert.Equal("shop_orders_total 3\n", pod.Get("/relay/app"));
    }

    private static string Judge(string page)
    {
        var start = Command.Describe("promtool", ["check", "metrics"]);
        start.RedirectStandardInput = true;
        using var promtool = Process.Start(start)!;
        promtool.StandardInput.Write(page);
        promtool.StandardInput.Close();
        var said = promtool.StandardOutput.ReadToEnd() + promtool.StandardError.ReadToEnd();
        promtool.WaitForExit();
        return said;
    }
}
