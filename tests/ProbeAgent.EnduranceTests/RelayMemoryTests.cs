using System.Net.Http.Headers;
using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>A page of the app that is larger than all the memory of the agent.</summary>
public sealed class RelayMemoryTests(Siege siege, ITestOutputHelper output)
{
    private const int PageBytes = 50_000_000;

    // 50 MB in about 5 s, slower than the app writes and than the agent could pass on.
    private const int ReadBytes = 1_000_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Fifty_megabytes_pass_to_two_slow_readers_within_32_MiB_and_the_kubelet_is_answered_meanwhile()
    {
        Needs.Root();
        using var limit = new MemoryLimit(mebibytes: 32);
        await using var pod = await BesiegedPod.StartAsync(siege, appMilliseconds: 10, limit.Launcher);
        await using var kubelet = pod.Probe();

        var lengths = await Task.WhenAll(ReadSlowlyAsync(pod.Agent), ReadSlowlyAsync(pod.Agent));

        var tally = await kubelet.EndAsync<KubeletTally>();
        output.WriteLine($"{tally}\n{limit}");
        Assert.Equal([PageBytes, PageBytes], lengths);
        Assert.Equal(0, limit.Kills);
        Assert.True(tally is { Lost: 0, Failed: 0, P99Milliseconds: < 100 }, $"{tally}");
    }

    private static async Task<int> ReadSlowlyAsync(AgentProcess agent)
    {
        using var client = new HttpClient { Timeout = AgentProcess.Patience };
        using var request = new HttpRequestMessage(HttpMethod.Get, agent.Url("/relay/app"));
        request.Headers.Add("X-Prometheus-Scrape-Timeout-Seconds", "30");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("slow", "1"));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var page = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        var chunk = new byte[ReadBytes];
        using var turns = new PeriodicTimer(Pause);
        var length = 0;
        while (await page.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false) is > 0 and var count)
        {
            length += count;
            await turns.WaitForNextTickAsync();
        }

        return length;
    }
}
