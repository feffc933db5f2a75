using System.Text.RegularExpressions;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>A relay whose app gives no page, or a part of one: the caller is never told that a part is the whole.</summary>
public sealed partial class RelayFailureTests(RelayPod fixture) : IClassFixture<RelayPod>
{
    private const string Scraper = "X-Prometheus-Scrape-Timeout-Seconds: 1";

    private static readonly Dictionary<string, AppScript> Apps = new()
    {
        ["resets"] = AppScripts.Reset,
        ["closes"] = AppScripts.Close,
        ["answers garbage"] = AppScripts.SendThenFinish("garbage\r\n\r\n"),
        ["speaks TLS"] = AppScripts.SendThenFinish("\u0015\u0003\u0003\0\u0002\u0002\u0046"),
        ["answers two lengths"] = AppScripts.Send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nbody"),
        ["answers 700"] = AppScripts.Status(700),
        ["answers 101"] = AppScripts.Send("HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"),
        ["answers a head of 100 KiB"] = AppScripts.Send($"HTTP/1.1 200 OK\r\nX: {new string('x', 100 * 1024)}\r\n\r\n"),
        ["says nothing"] = AppScripts.Silence,
        ["drips its head"] = AppScripts.Drip("HTTP/1.1 200 OK\r\nX: ", "x"),
        ["sends a head and no body"] = AppScripts.Send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"),
    };

    // The first bytes of a page, and what comes once the caller has them.
    private static readonly Dictionary<string, (string Begin, Func<AppVisit, Task> Break)> Breaks = new()
    {
        ["resets in the body"] = (Begin("Content-Length: 100"), visit => Do(visit.Reset)),
        ["closes in the body"] = (Begin("Content-Length: 100"), visit => Do(visit.FinishSending)),
        ["closes between chunks"] = (Begin("Transfer-Encoding: chunked", "4\r\nsome\r\n"), visit => Do(visit.FinishSending)),
        ["sends a wrong chunk"] = (Begin("Transfer-Encoding: chunked", "4\r\nsome\r\n"), visit => visit.TrySendAsync("more\r\n0\r\n\r\n")),
        ["stops in the body"] = (Begin("Content-Length: 100"), visit => Task.CompletedTask),
        ["drips its body"] = (Begin("X: x"), visit => AppScripts.Drip("", "some")(visit)),
        ["never ends"] = (Begin("X: x"), visit => AppScripts.Endless("", "some")(visit)),
    };

    private Pod Pod => fixture.Pod;

    [Theory]
    [InlineData("resets", 502, "connection_reset")]
    [InlineData("closes", 502, "connection_reset")]
    [InlineData("answers garbage", 502, "protocol_error")]
    [InlineData("speaks TLS", 502, "protocol_error")]
    [InlineData("answers two lengths", 502, "protocol_error")]
    [InlineData("answers 700", 502, "protocol_error")]
    [InlineData("answers 101", 502, "protocol_error")]
    [InlineData("answers a head of 100 KiB", 502, "protocol_error")]
    [InlineData("says nothing", 504, "response_timeout")]
    [InlineData("drips its head", 504, "response_timeout")]
    [InlineData("sends a head and no body", 504, "body_timeout")]
    public async Task Without_a_byte_of_a_page_the_answer_says_what_happened(string app, int code, string reason)
    {
        Pod.App.Script = Apps[app];
        var before = Pod.App.Visits.Count;
        var count = (await Scrape.OfAsync(Pod.Agent))[Series(code)];

        var answer = await Pod.GetAsync("/relay/app", Scraper);

        Assert.Equal((code, $"relay failed: {reason}\n"), (answer.Code, answer.Body));
        Assert.Equal("text/plain; charset=utf-8", answer.Header("Content-Type"));
        Assert.Null(answer.Header("Content-Encoding"));
        Assert.Equal(("no-store", "nosniff"), (answer.Header("Cache-Control"), answer.Header("X-Content-Type-Options")));
        Assert.Equal(1, Pod.App.Visits.Count - before);
        await Scrape.WhenAsync(Pod.Agent, Series(code), count + 1);
    }

    [Theory]
    [InlineData("resets in the body", 502)]
    [InlineData("closes in the body", 502)]
    [InlineData("closes between chunks", 502)]
    [InlineData("sends a wrong chunk", 502)]
    [InlineData("stops in the body", 504)]
    [InlineData("drips its body", 504)]
    [InlineData("never ends", 504)]
    public async Task A_page_that_breaks_resets_the_connection_and_is_counted_as_a_failure(string app, int code)
    {
        var count = (await Scrape.OfAsync(Pod.Agent))[Series(code)];

        var reading = await BreakAsync(Pod, app, Probe.Request("GET", "/relay/app", Pod.Agent.PublicPort, Scraper));

        Assert.True(reading.WasReset, $"The connection ended in good order after {reading.Text.Length} characters.");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", reading.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\n0\r\n", reading.Text, StringComparison.Ordinal);
        await Scrape.WhenAsync(Pod.Agent, Series(code), count + 1);
    }

    [Theory]
    [InlineData("closes in the body")]
    [InlineData("closes between chunks")]
    [InlineData("stops in the body")]
    public async Task Also_a_caller_of_HTTP_1_0_can_tell_a_break_from_the_end(string app)
    {
        var reading = await BreakAsync(Pod, app, $"GET /relay/app HTTP/1.0\r\n{Scraper}\r\n\r\n");

        Assert.True(reading.WasReset);
    }

    [Fact]
    public async Task An_app_that_does_not_listen_is_502()
    {
        await using var pod = await RelayPod.StartAsync(AppScripts.Well);
        await pod.App.StopListeningAsync();

        var answer = await pod.GetAsync("/relay/app");

        Assert.Equal((502, "relay failed: connection_refused\n"), (answer.Code, answer.Body));
    }

    [Fact]
    public async Task A_relay_says_once_that_it_fails_and_once_that_it_works_again()
    {
        await using var pod = await RelayPod.StartAsync(AppScripts.Well);
        for (var round = 1; round <= 3; round++)
        {
            foreach (var script in new[] { AppScripts.Well, AppScripts.Well, AppScripts.Reset, AppScripts.Close, AppScripts.Status(500) })
            {
                pod.App.Script = script;
                await pod.GetAsync("/relay/app");
            }

            // A page that broke is counted, and logged, after its caller has seen the break.
            await BreakAsync(pod, "resets in the body", Probe.Request("GET", "/relay/app", pod.Agent.PublicPort));
            await Scrape.WhenAsync(pod.Agent, Series(502), 3 * round);
        }

        pod.Agent.Signal("INT");
        await pod.Agent.WaitForExitAsync();
        var changes = RelayLine().Matches(pod.Agent.Output).Select(line => line.Groups[1].Value);
        string[] expected = ["works", "fails (connection_reset)"];
        Assert.Equal([.. expected, .. expected, .. expected], changes);
    }

    private static Task<RelayReading> BreakAsync(Pod pod, string app, string request)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (begin, end) = Breaks[app];
        pod.App.Script = async visit =>
        {
            await visit.HeadArrived;
            await visit.TrySendAsync(begin);
            await begun.Task;
            await end(visit);
        };
        return RelayReading.OfAsync(pod.Agent, request, () => begun.TrySetResult());
    }

    private static string Begin(string header, string body = "some") => $"HTTP/1.1 200 OK\r\n{header}\r\n\r\n{body}";

    private static Task Do(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    private static string Series(int code) => $"probe_agent_relay_requests_total{{code=\"{code}\",relay=\"app\"}}";

    [GeneratedRegex("Relay \"app\" (works|fails \\([a-z_]+\\))[:,]")]
    private static partial Regex RelayLine();
}
