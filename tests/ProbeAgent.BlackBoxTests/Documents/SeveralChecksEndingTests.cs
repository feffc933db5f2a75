using System.Diagnostics;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests.Documents;

/// <summary>The end of an agent with several checks: readiness fails for all of them, and it waits for every app.</summary>
public sealed class SeveralChecksEndingTests
{
    private const string Document = """
        checks:
          - { name: web, httpGet: { port: $web }, probes: [liveness, readiness], maxAgeSeconds: 0 }
          - { name: cache, tcpSocket: { port: $cache }, maxAgeSeconds: 0 }
          - { name: db, httpGet: { port: $db }, probes: [readiness], maxAgeSeconds: 0 }
        """;

    private static readonly string[] Names = ["web", "cache", "db"];

    [Fact]
    public async Task Readiness_lists_each_as_draining_and_liveness_asks_on()
    {
        await using var pod = await StartAsync();
        pod["db"].Script = AppScripts.Status(500);
        pod.Agent.Signal("TERM");
        await UntilDrainingAsync(pod);
        pod["web"].Script = AppScripts.Status(502);

        Assert.Equal(
            (503, "[-]web failed: draining\n[-]cache failed: draining\n[-]db failed: draining\nreadyz check failed\n"),
            await pod.AskAsync("/readyz"));
        Assert.Equal((503, "[-]cache failed: draining\nreadyz check failed\n"), await pod.AskAsync("/app-health/cache/readyz"));
        Assert.Equal(503, (await pod.AskAsync("/readyz/db")).Code);
        Assert.Equal((502, "[-]web failed: bad_status\n[+]cache ok\nlivez check failed\n"), await pod.AskAsync("/livez"));
        pod["web"].Script = AppScripts.Well;
        Assert.Equal((200, "ok"), await pod.AskAsync("/livez"));
        Assert.Equal((200, "ok"), await pod.AskAsync("/startupz"));
    }

    [Fact]
    public async Task Names_that_do_not_exist_are_404_while_draining_too()
    {
        await using var pod = await StartAsync();
        pod.Agent.Signal("TERM");
        await UntilDrainingAsync(pod);

        Assert.Equal(404, (await pod.AskAsync("/readyz/nosuch")).Code);
        Assert.Equal(404, (await pod.AskAsync("/app-health/nosuch/readyz")).Code);
        Assert.Equal(404, (await pod.AskAsync("/livez/db")).Code);
        Assert.Equal(404, (await pod.AskAsync("/readyz/db?exclude=db")).Code);
    }

    [Theory]
    [InlineData("web")]
    [InlineData("cache")]
    [InlineData("db")]
    public async Task The_drain_ends_only_when_every_target_refuses(string last)
    {
        await using var pod = await StartAsync();
        pod.Agent.Signal("TERM");
        await UntilDrainingAsync(pod);
        foreach (var name in Names.Where(name => name != last))
        {
            await pod[name].StopListeningAsync();
        }

        // Asked once a second: four more looks at the last one are two refusals of the others, and two to spare.
        var looks = pod[last].Visits.Count + 4;
        for (var look = 0; look < looks; look++)
        {
            await pod[last].NextVisitAsync();
        }

        Assert.False(pod.Agent.HasExited);
        Assert.Equal(503, (await pod.AskAsync("/readyz")).Code);
        var closed = Stopwatch.GetTimestamp();
        await pod[last].StopListeningAsync();
        Assert.Equal(0, await pod.Agent.WaitForExitAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(closed), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(4));
    }

    private static async Task<DocumentPod> StartAsync()
    {
        var pod = await DocumentPod.StartAsync(Names, Document);
        Assert.Equal((200, "ok"), await pod.AskAsync("/readyz"));
        return pod;
    }

    private static async Task UntilDrainingAsync(DocumentPod pod)
    {
        var signalled = Stopwatch.GetTimestamp();
        while ((await pod.AskAsync("/readyz")).Code != 503)
        {
            Assert.InRange(Stopwatch.GetElapsedTime(signalled), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }
    }
}
