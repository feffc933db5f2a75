using System.Diagnostics;
using System.Net;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>What a relay may cost: two at once, no memory for a page, and no more time than its deadline.</summary>
[Collection("alone")]
public sealed class RelayLimitTests
{
    private const string BusyCount = "probe_agent_relay_requests_total{code=\"503\",relay=\"app\"}";
    private const int HalfAGigabyte = 500 * 1024 * 1024;

    [Fact]
    public async Task Of_three_at_once_the_third_is_turned_away_at_once_and_the_next_one_is_served_again()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pod = await RelayPod.StartAsync(AppScripts.When(gate.Task, AppScripts.Well));
        using var first = await BeginAsync(pod);
        using var second = await BeginAsync(pod);

        var third = await pod.GetAsync("/relay/app");

        Assert.Equal((503, "relay busy\n"), (third.Code, third.Body));
        Assert.InRange(third.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
        Assert.Equal(2, pod.App.Visits.Count);
        await Scrape.WhenAsync(pod.Agent, BusyCount, 1);
        gate.SetResult();
        Assert.Equal(200, (await first.ReadAnswerAsync()).Code);
        Assert.Equal(200, (await second.ReadAnswerAsync()).Code);
        Assert.Equal(200, (await pod.GetAsync("/relay/app")).Code);
    }

    [Fact]
    public async Task Probes_are_answered_while_both_places_of_a_relay_are_taken()
    {
        await using var pod = await RelayPod.StartAsync(async visit =>
        {
            await visit.HeadArrived;
            await (visit.Target == "/status" ? AppScripts.Well(visit) : AppScripts.Silence(visit));
        });
        using var first = await BeginAsync(pod);
        using var second = await BeginAsync(pod);

        Assert.Equal(200, (await pod.GetAsync("/livez")).Code);
    }

    [Fact]
    public async Task Prometheus_hears_a_code_before_it_stops_waiting()
    {
        await using var pod = await RelayPod.StartAsync(AppScripts.Silence);
        await pod.GetAsync("/relay/app", "X-Prometheus-Scrape-Timeout-Seconds: 0.1");

        var answer = await pod.GetAsync("/relay/app", "X-Prometheus-Scrape-Timeout-Seconds: 2");

        Assert.Equal(504, answer.Code);
        Assert.InRange(answer.Elapsed, TimeSpan.FromSeconds(1.78), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Half_a_gigabyte_passes_without_being_kept()
    {
        await using var pod = await RelayPod.StartAsync(SendHalfAGigabyte);
        await pod.GetAsync("/livez");
        var before = RelayReading.Resident(pod.Agent);

        var length = await RelayReading.LengthAsync(
            pod.Agent, "GET /relay/app HTTP/1.0\r\nX-Prometheus-Scrape-Timeout-Seconds: 30\r\n\r\n");

        Assert.Equal(HalfAGigabyte, length);
        Assert.InRange(RelayReading.Resident(pod.Agent) - before, long.MinValue, 24 * 1024 * 1024);
    }

    [Fact]
    public async Task A_caller_that_does_not_read_holds_a_relay_no_longer_than_its_deadline()
    {
        await using var pod = await RelayPod.StartAsync(AppScripts.Endless("HTTP/1.1 200 OK\r\n\r\n", "some"));
        using var caller = await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort);
        var begun = Stopwatch.GetTimestamp();
        await caller.SendAsync(Probe.Request("GET", "/relay/app", pod.Agent.PublicPort, "X-Prometheus-Scrape-Timeout-Seconds: 2"));

        var visit = await pod.App.NextVisitAsync();
        await visit.Ended;

        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.FromSeconds(1.7), TimeSpan.FromSeconds(3));
        await Scrape.WhenAsync(pod.Agent, "probe_agent_relay_requests_total{code=\"504\",relay=\"app\"}", 1);
    }

    [Theory]
    [InlineData("before the head")]
    [InlineData("in the page")]
    public async Task A_caller_that_hangs_up_ends_the_question_to_the_app_and_counts_for_nothing(string when)
    {
        await using var pod = await RelayPod.StartAsync(
            when == "before the head" ? AppScripts.Silence : AppScripts.Drip("HTTP/1.1 200 OK\r\n\r\n", "some"));
        using var caller = await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort);
        await caller.SendAsync(Probe.Request("GET", "/relay/app", pod.Agent.PublicPort));
        var visit = await pod.App.NextVisitAsync();
        await visit.HeadArrived;
        if (when == "in the page")
        {
            await caller.ReadAnswerAsync(toHead: true);
        }

        caller.Abort();
        await visit.Ended;

        pod.App.Script = AppScripts.Well;
        Assert.Equal(200, (await pod.GetAsync("/relay/app")).Code);
        var scrape = await Scrape.WhenAsync(pod.Agent, "probe_agent_relay_requests_total{code=\"200\",relay=\"app\"}", 1);
        Assert.Equal(0, scrape["probe_agent_relay_requests_total{code=\"502\",relay=\"app\"}"]);
        Assert.Equal(0, scrape["probe_agent_relay_requests_total{code=\"504\",relay=\"app\"}"]);
        Assert.DoesNotContain("fails", pod.Agent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_series_of_a_relay_exist_from_the_start()
    {
        await using var pod = await RelayPod.StartAsync(AppScripts.Well);

        var scrape = await Scrape.OfAsync(pod.Agent);

        foreach (var code in new[] { "200", "3xx", "4xx", "502", "503", "504", "5xx" })
        {
            Assert.Equal(0, scrape[$"probe_agent_relay_requests_total{{code=\"{code}\",relay=\"app\"}}"]);
        }
    }

    private static async Task<ProbeConnection> BeginAsync(Pod pod)
    {
        var connection = await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort);
        await connection.SendAsync(Probe.Request("GET", "/relay/app", pod.Agent.PublicPort));
        await (await pod.App.NextVisitAsync()).HeadArrived;
        return connection;
    }

    private static async Task SendHalfAGigabyte(AppVisit visit)
    {
        await visit.HeadArrived;
        if (visit.Target == "/status")
        {
            await AppScripts.Well(visit);
            return;
        }

        var chunk = new byte[1024 * 1024];
        await visit.TrySendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {HalfAGigabyte}\r\n\r\n");
        for (var sent = 0; sent < HalfAGigabyte && visit.IsOpen; sent += chunk.Length)
        {
            await visit.TrySendAsync(chunk);
        }
    }
}
