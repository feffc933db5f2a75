using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>One question on its way serves all who ask; what is finished is shared as long as configured, a failure hardly at all.</summary>
public sealed class SharingTests
{
    private readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData("0")]
    [InlineData("60")]
    public async Task Probes_at_the_same_time_are_one_question(string maxAge)
    {
        await using var pod = await GatedPodAsync(200, maxAge);
        using var first = await AskAsync(pod, "/livez", Probe.KubeletUserAgent);
        await pod.App.NextVisitAsync();
        var others = new List<ProbeConnection>();
        foreach (var target in new[] { "/livez", "/readyz", "/startupz", "/livez/app", "/app-health/app/readyz", "/livez?verbose" })
        {
            others.Add(await AskAsync(pod, target, "User-Agent: kube-probe/1.20"));
        }

        gate.SetResult();

        Assert.Equal(200, (await first.ReadAnswerAsync()).Code);
        foreach (var other in others)
        {
            Assert.Equal(200, (await other.ReadAnswerAsync()).Code);
            other.Dispose();
        }

        Assert.Equal("kube-probe/1.36", Assert.Single(pod.App.Visits).Header("User-Agent"));
        await Scrape.WhenAsync(pod.Agent, "probe_agent_shared_answers_total{check=\"app\"}", others.Count);
    }

    [Fact]
    public async Task A_failure_on_its_way_is_shared_as_well()
    {
        await using var pod = await GatedPodAsync(500, "0");
        using var first = await AskAsync(pod, "/livez");
        await pod.App.NextVisitAsync();
        using var second = await AskAsync(pod, "/readyz");

        gate.SetResult();

        Assert.Equal((500, 500), ((await first.ReadAnswerAsync()).Code, (await second.ReadAnswerAsync()).Code));
        Assert.Single(pod.App.Visits);
    }

    [Fact]
    public async Task A_caller_that_hangs_up_takes_the_answer_from_no_one()
    {
        await using var pod = await GatedPodAsync(200, "0");
        using var first = await AskAsync(pod, "/livez");
        var visit = await pod.App.NextVisitAsync();
        using var second = await AskAsync(pod, "/livez");

        first.Abort();
        await LetTheAgentSeeAsync(pod);
        gate.SetResult();

        Assert.Equal(200, (await second.ReadAnswerAsync()).Code);
        Assert.Same(visit, Assert.Single(pod.App.Visits));
    }

    [Fact]
    public async Task The_question_of_an_only_caller_that_hangs_up_is_answered_and_kept()
    {
        await using var pod = await GatedPodAsync(200, "60");
        using var caller = await AskAsync(pod, "/livez");
        var visit = await pod.App.NextVisitAsync();
        caller.Abort();
        await LetTheAgentSeeAsync(pod);
        Assert.True(visit.IsOpen);

        gate.SetResult();
        await Scrape.WhenAsync(pod.Agent, "probe_agent_attempts_total{check=\"app\",result=\"success\"}", 1);

        Assert.Equal(200, (await pod.GetAsync("/livez")).Code);
        Assert.Single(pod.App.Visits);
    }

    [Fact]
    public async Task A_finished_success_is_shared_with_every_probe_and_caller()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_MAX_AGE_SECONDS", "60"));

        foreach (var target in new[] { "/livez", "/readyz", "/livez/app", "/app-health/app/startupz?verbose" })
        {
            Assert.Equal(200, (await pod.GetAsync(target)).Code);
        }

        Assert.Single(pod.App.Visits);
    }

    [Fact]
    public async Task A_success_is_shared_no_longer_than_configured()
    {
        var maxAge = TimeSpan.FromSeconds(0.7);
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_MAX_AGE_SECONDS", "0.7"));
        await pod.GetAsync("/livez");
        var answered = Stopwatch.GetTimestamp();
        pod.App.Script = AppScripts.Status(500);

        Answer answer;
        do
        {
            answer = await pod.GetAsync("/livez");
        }
        while (answer.Code == 200 && Stopwatch.GetElapsedTime(answered) < 3 * maxAge);

        Assert.Equal(500, answer.Code);
        Assert.InRange(Stopwatch.GetElapsedTime(answered), 0.8 * maxAge, 1.5 * maxAge);
    }

    [Fact]
    public async Task With_max_age_0_no_finished_answer_is_shared()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        await pod.GetAsync("/livez");
        await pod.GetAsync("/livez");

        Assert.Equal(2, pod.App.Visits.Count);
    }

    [Fact]
    public async Task A_failure_is_forgotten_after_a_tenth_of_a_second()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Status(500), ("PROBEAGENT_MAX_AGE_SECONDS", "60"));
        Assert.Equal(500, (await pod.GetAsync("/livez")).Code);
        pod.App.Script = AppScripts.Well;

        await Task.Delay(TimeSpan.FromSeconds(0.11), TestContext.Current.CancellationToken);

        Assert.Equal(200, (await pod.GetAsync("/livez")).Code);
    }

    [Fact]
    public async Task Probes_at_two_addresses_of_the_pod_are_two_questions()
    {
        var four = Machine.Address(AddressFamily.InterNetwork);
        var six = Machine.Address(AddressFamily.InterNetworkV6);
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_MAX_AGE_SECONDS", "60"));

        foreach (var address in new[] { four, six, four, six })
        {
            Assert.Equal(200, (await Probe.GetByAsync(address, pod.Agent, "/livez")).Code);
        }

        var hosts = pod.App.Visits.Select(visit => visit.Header("Host"));
        Assert.Equal([$"{four}:{pod.App.Port}", $"[{six}]:{pod.App.Port}"], hosts);
    }

    private Task<Pod> GatedPodAsync(int status, string maxAge) => Pod.StartAsync(
        AppScripts.When(gate.Task, AppScripts.Status(status)),
        ("PROBEAGENT_MAX_AGE_SECONDS", maxAge),
        ("PROBEAGENT_TIMEOUT_SECONDS", "30"));

    /// <summary>Sends a probe, and returns when the agent has taken it off the wire and had time for other requests after it.</summary>
    private static async Task<ProbeConnection> AskAsync(Pod pod, string target, params string[] headers)
    {
        var connection = await ProbeConnection.OpenAsync(IPAddress.Loopback, pod.Agent.PublicPort);
        await connection.SendAsync(Probe.Request("GET", target, pod.Agent.PublicPort, headers));
        var start = Stopwatch.GetTimestamp();
        while (!TcpTable.HasTakenAll(pod.Agent.PublicPort, connection.LocalPort))
        {
            Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, ProbeAgent.Lab.AgentProcess.Patience);
            await Task.Yield();
        }

        await LetTheAgentSeeAsync(pod);
        return connection;
    }

    /// <summary>The kernel has told the agent; it has had time for other requests after that.</summary>
    private static async Task LetTheAgentSeeAsync(Pod pod)
    {
        for (var later = 0; later < 3; later++)
        {
            await pod.GetAsync("/-/ready");
        }
    }
}
