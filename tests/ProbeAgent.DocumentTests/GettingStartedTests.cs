using System.Globalization;
using System.Text.RegularExpressions;
using ProbeAgent.Lab;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.DocumentTests;

/// <summary>What <c>docs/getting-started.md</c> shows of an app that is well, fails and hangs is what the agent says of such an app.</summary>
public sealed partial class GettingStartedTests : IAsyncLifetime
{
    private const string Status = "probe-agent status";
    private const string Check = "probe-agent check";

    private static readonly Page Shown = Page.At("docs/getting-started.md");

    private readonly HostileApp app = HostileApp.Start(_ => Answer.Whole("HTTP/1.1 200 OK"));
    private readonly HostileApp sidecar = HostileApp.Start(_ => Answer.Whole("HTTP/1.1 200 OK"));
    private AgentProcess? agent;

    private string Target => $":{app.PortText}/";

    public async ValueTask InitializeAsync()
    {
        agent = await AgentProcess.StartAsync(
            ("PROBEAGENT_TARGET", Target),
            ("PROBEAGENT_MAX_AGE_SECONDS", "0"),
            ("PROBEAGENT_CONFIG_YAML", $"mesh: {{kind: istio, readyUrl: ':{sidecar.PortText}/healthz/ready'}}"));
        await agent.WaitForOutputAsync("The sidecar (istio) is ready");
        Assert.Equal(200, await ProbeAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await agent!.DisposeAsync();
        await app.DisposeAsync();
        await sidecar.DisposeAsync();
    }

    [Fact]
    public void Of_an_app_that_is_well() => Assert.Equal(Block("What you see", Status), Words(Say("status")));

    [Fact]
    public async Task Of_an_app_that_answers_500()
    {
        app.AnswerWith(_ => Answer.Whole("HTTP/1.1 500 Internal Server Error"));

        Assert.Equal(500, await ProbeAsync());
        Assert.Equal(500, await ProbeAsync());
        await agent!.WaitForOutputAsync("is down");

        Assert.Contains("statuscode: 500", Shown.In("text").Single(block => block.Text.Contains("answered 500", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
        Assert.StartsWith(Block("Break it", Status), Words(Say("status")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_app_that_hangs()
    {
        app.AnswerWith(_ => Answer.Nothing.ThenStall());

        Assert.Equal(504, await ProbeAsync());

        Assert.Contains("statuscode: 504", Shown.In("text").Single(block => block.Text.Contains("response_timeout", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
        Assert.Equal(Block("Break it", Check), Words(Say("check", Target)));
    }

    private async Task<int> ProbeAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var answer = await client.GetAsync(agent!.Url("/livez"));
        return (int)answer.StatusCode;
    }

    private string Say(params string[] arguments)
    {
        var start = Command.Describe(Checkout.AgentBinary, arguments);
        start.Environment.Clear();
        DotnetRoot.PassOn(start);
        start.Environment["PROBEAGENT_ADMIN"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{agent!.AdminPort}");
        return Command.TryRun(start).Output;
    }

    // What the page shows below a command, up to the next one.
    private static string Block(string heading, string command) => Words(
        Shown.In("text").Where(block => block.Heading == heading)
            .SelectMany(block => block.Text.Split("$ ", StringSplitOptions.RemoveEmptyEntries))
            .Select(shown => shown.Split('\n', 2))
            .Single(shown => shown[0].EndsWith(command, StringComparison.Ordinal))[1]);

    // Addresses, times and where a line is broken differ from pod to pod.
    private static string Words(string text) =>
        Space().Replace(Duration().Replace(Moment().Replace(Address().Replace(text, "POD"), "THEN"), "$1 A WHILE"), " ").Trim();

    [GeneratedRegex(@"(?<=http://|connected to )[\d.]+:\d+")]
    private static partial Regex Address();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ")]
    private static partial Regex Moment();

    [GeneratedRegex(@"\b(for|after|connect|total) \d+(?:\.\d+)? (?:ms|s|min)(?: \d+ s)?")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
