using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary><c>status</c>: the one look at night.</summary>
public sealed partial class StatusCommandTests
{
    [Fact]
    public async Task It_says_what_is_down_since_when_and_why_and_what_went_before()
    {
        await using var pod = await StartAsync(AppScripts.Well);
        await pod.GetAsync("/livez");
        pod.App.Script = AppScripts.Status(503);
        await pod.GetAsync("/livez");
        await pod.GetAsync("/livez");

        var run = await StatusAsync(pod);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            $"""
            probe-agent V, running for D

            app: DOWN (bad_status) for D, since T
              GET http://ADDRESS:{pod.App.Port}/status answered 503 after D; expected 200–399: the app says itself that it is not well: look in its log
              last success T, 2 failed attempts since

            last changes
              T  app: DOWN (bad_status), was up for D
              T  app: up, the first answer

            """,
            // Where a sentence is broken depends on the numbers in it.
            Steady().Replace(run.Output.Split("\nmesh: ")[0].Replace("\n    ", " ", StringComparison.Ordinal), match => match.Groups.Values.Skip(1).First(group => group.Success).Name));
    }

    [Fact]
    public async Task It_fits_into_eighty_columns_but_for_what_cannot_be_broken()
    {
        await using var pod = await StartAsync(
            AppScripts.Status(503), ("PROBEAGENT_NAME", new string('n', 63)), ("PROBEAGENT_NOSUCH", "1"), ("PROBEAGENT_NOSUCH_EITHER", "1"));
        await pod.GetAsync("/livez");

        var run = await StatusAsync(pod);

        Assert.Contains("PROBEAGENT_NOSUCH_EITHER", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task A_document_is_printed_as_the_agent_gives_it()
    {
        await using var pod = await StartAsync(AppScripts.Status(500));
        await pod.GetAsync("/livez");

        var run = await StatusAsync(pod, "-o", "json");
        var longForm = await StatusAsync(pod, "--output=json");
        var direct = await Probe.GetAdminAsync(pod.Agent, "/status.json");

        Assert.Equal((1, 1, "", ""), (run.ExitCode, longForm.ExitCode, run.Error, longForm.Error));
        Assert.Equal(WithoutDurations(direct.Body), WithoutDurations(run.Output));
        Assert.Equal(WithoutDurations(direct.Body), WithoutDurations(longForm.Output));
    }

    [Fact]
    public async Task Text_is_what_comes_without_the_option()
    {
        await using var pod = await StartAsync(AppScripts.Well);

        var run = await StatusAsync(pod, "-o", "text");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("probe-agent ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yaml")]
    [InlineData("JSON")]
    [InlineData("")]
    public async Task Another_form_is_wrong_use_and_the_forms_are_named(string form)
    {
        var run = await AgentRun.OfAsync(["status", "-o", form]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal($"probe-agent: -o: '{form}' is no form of the status; write 'text' or 'json'", run.ErrorLines[0]);
    }

    [Fact]
    public async Task The_help_names_the_forms()
    {
        var run = await AgentRun.OfAsync(["status", "--help"]);

        Assert.Contains("-o, --output <text|json>", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM=xterm", true)]
    [InlineData("TERM=dumb", false)]
    [InlineData("TERM=xterm NO_COLOR=1", false)]
    [InlineData("TERM=xterm NO_COLOR=", true)]
    public async Task Colours_come_on_a_terminal_that_wants_them(string environment, bool isColourful)
    {
        Needs.Programs("script");
        await using var pod = await StartAsync(AppScripts.Status(503));
        await pod.GetAsync("/livez");
        var command = string.Create(
            CultureInfo.InvariantCulture, $"env {environment} {Checkout.AgentBinary} status --admin 127.0.0.1:{pod.Agent.AdminPort}");

        var run = Command.TryRun("script", "--quiet", "--return", "--command", command, "/dev/null");
        var piped = await StatusAsync(pod);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("DOWN (bad_status)", run.Output, StringComparison.Ordinal);
        Assert.Equal(isColourful, run.Output.Contains("\e[1;31mapp: DOWN", StringComparison.Ordinal));
        Assert.DoesNotContain("\e[1", piped.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_an_app_says_steers_the_terminal()
    {
        await using var app = FakeApp.Start(AppScripts.Send("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /x\u009b31m?\u0085y\r\n\r\n"));
        await using var pod = await Pod.AroundAsync(app);
        await pod.GetAsync("/livez");

        var run = await StatusAsync(pod);

        Assert.DoesNotContain(run.Output, character => character != '\n' && char.IsControl(character));
    }

    [Fact]
    public async Task Another_program_at_the_admin_port_is_no_agent()
    {
        await using var app = FakeApp.Start(AppScripts.Send(
            "HTTP/1.1 200 OK\r\nContent-Type: application/health+json; charset=nonsense\r\nContent-Length: 8\r\n\r\n[\"\e[2J\"]"));

        var run = await AgentRun.OfAsync(["status", "--admin", $"127.0.0.1:{app.Port}"]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("is no agent", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    // An app that answers at once is well in time, also where the machine is busy.
    private static Task<Pod> StartAsync(AppScript script, params (string, string)[] environment) =>
        Pod.StartAsync(script, [("PROBEAGENT_TIMEOUT_SECONDS", "10"), .. environment]);

    private static Task<AgentRun> StatusAsync(Pod pod, params string[] arguments) =>
        AgentRun.OfAsync(["status", .. arguments], ("PROBEAGENT_ADMIN", $"127.0.0.1:{pod.Agent.AdminPort}"), ("TERM", "xterm"));

    // Between two readings time has passed.
    private static string WithoutDurations(string json)
    {
        using var document = JsonDocument.Parse(json);
        return string.Join('\n', json.Split('\n').Where(line =>
            !line.Contains("uptimeSeconds", StringComparison.Ordinal) && !line.Contains("forSeconds", StringComparison.Ordinal)
            && !line.StartsWith("  \"time\"", StringComparison.Ordinal)));
    }

    [GeneratedRegex(
        @"(?<T>[0-9-]{10} [0-9:]{8}Z)|(?<D>[0-9.]+ (?:ms|s|min [0-9]+ s))|(?<=http://)(?<ADDRESS>[0-9.]+)|(?<=probe-agent )(?<V>[0-9.]+)")]
    private static partial Regex Steady();
}
