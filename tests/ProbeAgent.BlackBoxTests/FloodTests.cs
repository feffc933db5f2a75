using System.Globalization;
using System.Net;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>An app that pours out bytes costs the agent no memory, and callers who ask for everything cost the kubelet no answer.</summary>
[Collection("alone")]
public sealed class FloodTests
{
    private const string Start = "HTTP/1.1 200 OK\r\n";

    private static readonly AppScript[] Floods =
    [
        AppScripts.Endless(Start + "\r\n", "x"),
        AppScripts.Endless(Start + "Transfer-Encoding: chunked\r\n\r\n", "8\r\nxxxxxxxx\r\n"),
        AppScripts.Endless(Start + "Transfer-Encoding: chunked\r\n\r\n4;ext=", "x"),
        AppScripts.Endless(Start + "X-Huge: ", "x"),
        AppScripts.Endless(Start, "X-More: 1\r\n"),
        AppScripts.Endless("HTTP/1.1 200 ", "x"),
        AppScripts.Endless("", "\u00ff"),
        AppScripts.Endless("", "HTTP/1.1 102 Processing\r\n\r\n"),
    ];

    [Fact]
    public async Task Memory_is_flat_under_endless_answers()
    {
        await using var pod = await Pod.StartAsync(Floods[0]);
        await FloodAsync(pod, 4);
        var before = ResidentMebibytes(pod);

        await FloodAsync(pod, 24);

        // Unbounded, a single one of these is hundreds of mebibytes.
        Assert.InRange(ResidentMebibytes(pod) - before, double.MinValue, 48);
        pod.App.Script = AppScripts.Well;
        Assert.Equal(200, (await pod.GetAsync("/livez")).Code);
    }

    [Fact]
    public async Task Scrapes_in_masses_cost_the_kubelet_no_answer()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        await pod.GetAsync("/livez");
        var scrape = $"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:{pod.Agent.PublicPort}\r\n\r\n";
        var scrapers = new List<ProbeConnection>();
        try
        {
            for (var scraper = 0; scraper < 100; scraper++)
            {
                scrapers.Add(await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort, IPAddress.Parse($"127.0.1.{1 + (scraper % 10)}")));
                await scrapers[^1].SendAsync(string.Concat(Enumerable.Repeat(scrape, 400)));
            }

            for (var probe = 0; probe < 5; probe++)
            {
                var answer = await pod.GetAsync("/livez");

                Assert.Equal((200, "ok"), (answer.Code, answer.Body));
                Assert.InRange(answer.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
            }
        }
        finally
        {
            scrapers.ForEach(scraper => scraper.Dispose());
        }
    }

    private static async Task FloodAsync(Pod pod, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var flood in Floods)
            {
                pod.App.Script = flood;
                var answer = await pod.GetAsync("/livez");
                Assert.InRange(answer.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
            }
        }
    }

    private static double ResidentMebibytes(Pod pod)
    {
        var line = File.ReadLines($"/proc/{pod.Agent.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
