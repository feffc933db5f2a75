using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Costs;

/// <summary>What every pod pays for, again and again, does not grow unnoticed. Time is not measured here: <c>bench/</c> does that.</summary>
[Collection("alone")]
public sealed class CostTests
{
    private const int Probes = 300;

    [Fact]
    public async Task Of_a_probe_in_memory_is_what_was_recorded()
    {
        await using var pod = await StartAsync();
        await ProbeAsync(pod, Probes);
        var (first, second) = (await Scrape.OfAsync(pod.Agent), await Scrape.OfAsync(pod.Agent));
        var ofAScrape = Allocated(second) - Allocated(first);

        await ProbeAsync(pod, Probes);

        var all = Allocated(await Scrape.OfAsync(pod.Agent)) - Allocated(second);
        RecordedCost.Of("bytes allocated for a probe").AssertIs((all - ofAScrape) / Probes);
    }

    [Fact]
    public async Task Of_a_probe_in_system_calls_is_what_was_recorded()
    {
        await using var pod = await StartAsync();
        await ProbeAsync(pod, Probes);
        await using var calls = await SystemCalls.OfAsync(pod.Agent.Id);

        await ProbeAsync(pod, Probes);

        RecordedCost.Of("system calls for a probe").AssertIs((double)await calls.EndAsync() / Probes);
    }

    [Fact]
    public async Task Of_a_scrape_is_what_was_recorded()
    {
        await using var pod = await StartAsync();
        await ProbeAsync(pod, 1);

        var scrape = await Scrape.OfAsync(pod.Agent);

        RecordedCost.Of("series of a scrape").AssertIs(scrape.Series.Count);
        RecordedCost.Of("bytes of a scrape").AssertIs(Encoding.UTF8.GetByteCount(scrape.Text));
    }

    [Fact]
    public void Of_the_binary_is_what_was_recorded()
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "recorded is the binary of x64");
        RecordedCost.Of("bytes of the binary").AssertIs(new FileInfo(Checkout.AgentBinary).Length);
    }

    private static Task<Pod> StartAsync() => Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_CONFIG_YAML", "mesh: { kind: none }"));

    private static double Allocated(Scrape scrape) => scrape["dotnet_allocated_bytes_total"];

    // As the kubelet does: each on a connection of its own, one after the other.
    private static async Task ProbeAsync(Pod pod, int count)
    {
        for (var probe = 0; probe < count; probe++)
        {
            using var connection = await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort);
            await connection.SendAsync("GET /livez HTTP/1.1\r\nHost: pod\r\nUser-Agent: kube-probe/1.33\r\nAccept: */*\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }
}
