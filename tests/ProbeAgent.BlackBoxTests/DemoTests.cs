using System.Text.RegularExpressions;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>The README's first command, used as its own output says.</summary>
public sealed partial class DemoTests
{
    [Fact]
    public async Task The_demo_shows_what_it_prints_and_ends_cleanly()
    {
        string[] ports =
            ["--app-port", $"{FreePort.Next()}", "--switch-port", $"{FreePort.Next()}", "--port", $"{FreePort.Next()}", "--admin-port", $"{FreePort.Next()}"];
        await using var demo = AgentProcess.Launch(["demo", .. ports]);
        await demo.WaitForOutputAsync("Ctrl-C");
        await demo.WaitForOutputAsync("200 ok");
        var told = Commands().Matches(demo.Output)
            .Select(match => (IsPost: match.Groups[1].Value.Contains("POST", StringComparison.Ordinal), Url: new Uri(match.Groups[2].Value)))
            .ToArray();
        var livez = Assert.Single(told, command => command.Url.AbsolutePath == "/livez").Url;
        Assert.Equal(200, (await AskAsync("GET", Assert.Single(told, command => command.Url.AbsolutePath == "/metrics").Url)).Code);

        foreach (var (path, code, seen) in new[] { ("/fail", 500, "500"), ("/hang", 504, "504"), ("/ok", 200, "200 ok"), ("/die", 502, "502") })
        {
            var change = Assert.Single(told, command => command.IsPost && command.Url.AbsolutePath == path).Url;
            var lines = demo.Output.Split('\n').Length;
            Assert.InRange((await AskAsync("POST", change)).Code, 200, 299);
            await UntilShownAsync(demo, lines, seen);
            Assert.Equal(code, (await AskAsync("GET", livez)).Code);
        }

        await AskAsync("POST", Assert.Single(told, command => command.IsPost && command.Url.AbsolutePath == "/ok").Url);
        demo.Signal("INT");

        Assert.Equal(0, await demo.WaitForExitAsync());
        Trace.AssertNone(demo.Output);
    }

    [Fact]
    public async Task A_port_in_use_is_told_with_the_option_to_change_it()
    {
        await using var occupant = FakeApp.Start(AppScripts.Silence);

        var run = await AgentRun.OfAsync(["demo", "--app-port", $"{occupant.Port}"]);

        Assert.Equal(2, run.ExitCode);
        var line = Assert.Single(run.ErrorLines);
        Assert.Contains("--app-port", line, StringComparison.Ordinal);
        Assert.Contains($"{occupant.Port}", line, StringComparison.Ordinal);
    }

    /// <summary>A line that was not there before shows what the kubelet sees.</summary>
    private static async Task UntilShownAsync(AgentProcess demo, int before, string seen)
    {
        using var deadline = new CancellationTokenSource(AgentProcess.Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!demo.Output.Split('\n').Skip(before).Any(line => line.StartsWith("kubelet ", StringComparison.Ordinal)
            && line.Contains(seen, StringComparison.Ordinal)))
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    private static Task<Answer> AskAsync(string method, Uri url) =>
        Probe.SendAsync(url.Port, Probe.Request(method, url.PathAndQuery, url.Port, method == "POST" ? ["Content-Length: 0"] : []));

    [GeneratedRegex("curl( -X POST| -i|) (http://\\S+)")]
    private static partial Regex Commands();
}
