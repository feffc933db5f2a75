using System.Globalization;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>An app that pours out bytes costs the agent no memory.</summary>
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
