using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>Lifecycle hooks: run for those who know the key, and failed as they would have failed without us.</summary>
public sealed class HookTests(HookPod fixture) : IClassFixture<HookPod>
{
    private static readonly Dictionary<string, AppScript> Apps = new()
    {
        ["resets"] = AppScripts.Reset,
        ["closes"] = AppScripts.Close,
        ["answers garbage"] = AppScripts.SendThenFinish("garbage\r\n\r\n"),
        ["answers two lengths"] = AppScripts.Send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nbody"),
        ["redirects to itself"] = AppScripts.Status(302, "Location: /shutdown"),
        ["breaks its body"] = AppScripts.SendThenFinish("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome"),
        ["resets in its body"] = AppScripts.SendThenReset("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome"),
        ["sends a wrong chunk"] = AppScripts.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\nmore\r\n0\r\n\r\n"),
        ["never ends its body"] = AppScripts.Endless("HTTP/1.1 200 OK\r\n\r\n", "some"),
    };

    private Pod Pod => fixture.Pod;

    [Fact]
    public async Task With_its_key_a_hook_asks_the_app_once_in_the_kubelets_words()
    {
        Pod.App.Script = HookPod.For(AppScripts.Well);
        var before = Pod.App.Visits.Count;

        var answer = await Pod.GetAsync(HookPod.Target, HookPod.KubeletUserAgent, "Cookie: MARK=1", "X-Mark: MARK");

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        Assert.Equal("close", answer.Header("Connection"));
        Assert.Equal(("no-store", "nosniff"), (answer.Header("Cache-Control"), answer.Header("X-Content-Type-Options")));
        Assert.Equal(1, Pod.App.Visits.Count - before);
        var visit = Pod.App.LastVisit;
        Assert.StartsWith("GET /shutdown?now=1 HTTP/1.1\r\n", visit.Received, StringComparison.Ordinal);
        Assert.Equal(("kube-lifecycle/1.36", "*/*"), (visit.Header("User-Agent"), visit.Header("Accept")));
        Assert.EndsWith($":{Pod.App.Port}", visit.Header("Host"), StringComparison.Ordinal);
        Assert.DoesNotContain("MARK", visit.Received, StringComparison.Ordinal);
        Assert.DoesNotContain(HookPod.Key, visit.Received, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("curl/8.5.0")]
    [InlineData("kube-probe/1.36")]
    [InlineData("kube-lifecycle/1.36 evil")]
    public async Task Any_User_Agent_but_the_kubelets_is_replaced_by_the_agents_own(string? userAgent)
    {
        Pod.App.Script = HookPod.For(AppScripts.Well);

        await Pod.GetAsync(HookPod.Target, userAgent is null ? [] : [$"User-Agent: {userAgent}"]);

        Assert.Equal("kube-lifecycle/1.0", Pod.App.LastVisit.Header("User-Agent"));
    }

    [Theory]
    [InlineData("GET", "/app-lifecycle/app/preStop")]
    [InlineData("GET", "/app-lifecycle/app/preStop?")]
    [InlineData("GET", "/app-lifecycle/app/preStop?key=")]
    [InlineData("GET", "/app-lifecycle/app/preStop?key=wrong")]
    [InlineData("GET", "/app-lifecycle/app/preStop?key=s3cret-key._~")]
    [InlineData("GET", "/app-lifecycle/app/preStop?key=S3cret-key._")]
    [InlineData("GET", "/app-lifecycle/app/preStop?key=S3cret-key._~~")]
    [InlineData("GET", "/app-lifecycle/app/preStop?key=S3cret-key._%7e")]
    [InlineData("GET", "/app-lifecycle/app/preStop?S3cret-key._~")]
    [InlineData("GET", "/app-lifecycle/app/preStop?Key=S3cret-key._~")]
    [InlineData("GET", "/app-lifecycle/app/preStop?key=S3cret-key._~&x=1")]
    [InlineData("GET", "/app-lifecycle/app/preStop?x=1&key=S3cret-key._~")]
    [InlineData("GET", "/app-lifecycle/app/postStart?key=S3cret-key._~")]
    [InlineData("GET", "/app-lifecycle/other/preStop?key=S3cret-key._~")]
    [InlineData("GET", "/app-lifecycle/App/preStop?key=S3cret-key._~")]
    [InlineData("GET", "/app-lifecycle/app/prestop?key=S3cret-key._~")]
    [InlineData("GET", "/app-lifecycle/app/preStop/?key=S3cret-key._~")]
    [InlineData("GET", "/app-lifecycle/app/%70reStop?key=S3cret-key._~")]
    [InlineData("GET", "/app-lifecycle/?key=S3cret-key._~")]
    [InlineData("GET", "/app-lifecycle/../app-lifecycle/app/preStop?key=S3cret-key._~")]
    [InlineData("POST", "/app-lifecycle/app/preStop?key=wrong")]
    [InlineData("HEAD", "/app-lifecycle/other/preStop?key=S3cret-key._~")]
    public async Task A_wrong_key_and_an_unknown_hook_are_answered_by_closing_without_a_byte(string method, string target)
    {
        var before = Pod.App.Visits.Count;
        var unknown = (await Scrape.OfAsync(Pod.Agent))["probe_agent_unknown_requests_total"];

        var reading = await RelayReading.OfAsync(Pod.Agent, Probe.Request(method, target, Pod.Agent.PublicPort));

        Assert.Equal("", reading.Text);
        Assert.InRange(reading.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(before, Pod.App.Visits.Count);
        await Scrape.WhenAsync(Pod.Agent, "probe_agent_unknown_requests_total", unknown + 1);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("get")]
    public async Task Any_other_method_with_the_key_is_405_and_asks_nothing(string method)
    {
        var before = Pod.App.Visits.Count;

        var answer = await Probe.SendAsync(Pod.Agent, method, HookPod.Target);

        Assert.Equal(405, answer.Code);
        Assert.Equal(("GET", "close"), (answer.Header("Allow"), answer.Header("Connection")));
        Assert.Equal(before, Pod.App.Visits.Count);
    }

    [Theory]
    [InlineData("resets")]
    [InlineData("closes")]
    [InlineData("answers garbage")]
    [InlineData("answers two lengths")]
    public async Task What_fails_directly_fails_here_after_one_question(string app)
    {
        Pod.App.Script = HookPod.For(Apps[app]);
        var before = Pod.App.Visits.Count;

        var reading = await RelayReading.OfAsync(Pod.Agent, Probe.Request("GET", HookPod.Target, Pod.Agent.PublicPort));

        Assert.Equal("", reading.Text);
        Assert.Equal(1, Pod.App.Visits.Count - before);
    }

    [Fact]
    public async Task Redirects_without_an_end_fail()
    {
        Pod.App.Script = HookPod.For(Apps["redirects to itself"]);
        var before = Pod.App.Visits.Count;

        var reading = await RelayReading.OfAsync(Pod.Agent, Probe.Request("GET", HookPod.Target, Pod.Agent.PublicPort));

        Assert.Equal("", reading.Text);
        Assert.Equal(10, Pod.App.Visits.Count - before);
    }

    [Fact]
    public async Task An_app_that_does_not_listen_fails_the_hook()
    {
        await using var pod = await HookPod.StartAsync(AppScripts.Well);
        await pod.App.StopListeningAsync();

        var reading = await RelayReading.OfAsync(pod.Agent, Probe.Request("GET", HookPod.Target, pod.Agent.PublicPort));

        Assert.Equal("", reading.Text);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_status_of_the_app_is_an_answer_and_passes(int code)
    {
        Pod.App.Script = HookPod.For(AppScripts.Status(code));

        var answer = await Pod.GetAsync(HookPod.Target);

        Assert.Equal((code, "preStop failed: bad_status\n", "close"), (answer.Code, answer.Body, answer.Header("Connection")));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    [InlineData(302)]
    public async Task Any_other_status_is_a_success(int code)
    {
        Pod.App.Script = HookPod.For(AppScripts.Status(code, "Location: http://elsewhere.example/"));

        var answer = await Pod.GetAsync(HookPod.Target);

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
    }

    [Theory]
    [InlineData("breaks its body")]
    [InlineData("resets in its body")]
    [InlineData("sends a wrong chunk")]
    [InlineData("never ends its body")]
    public async Task What_is_wrong_with_the_body_is_of_no_interest(string app)
    {
        Pod.App.Script = HookPod.For(Apps[app]);

        var answer = await Pod.GetAsync(HookPod.Target);

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
    }

    [Fact]
    public async Task A_hook_waits_longer_than_any_probe_would()
    {
        Pod.App.Script = HookPod.For(async visit =>
        {
            // The longest that a check of this agent would wait is one second.
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            await AppScripts.Well(visit);
        });

        Assert.Equal(200, (await Pod.GetAsync(HookPod.Target)).Code);
    }

    [Fact]
    public async Task Two_calls_are_two_runs()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pod = await HookPod.StartAsync(AppScripts.When(gate.Task, AppScripts.Well), ("PROBEAGENT_MAX_AGE_SECONDS", "300"));
        var (first, _) = await HookPod.BeginAsync(pod);
        var (second, _) = await HookPod.BeginAsync(pod);
        using (first)
        using (second)
        {
            gate.SetResult();
            Assert.Equal(200, (await first.ReadAnswerAsync()).Code);
            Assert.Equal(200, (await second.ReadAnswerAsync()).Code);
        }

        Assert.Equal(200, (await pod.GetAsync(HookPod.Target)).Code);
        Assert.Equal(3, pod.App.Visits.Count);
    }

    [Fact]
    public async Task A_caller_that_hangs_up_ends_the_question_to_the_app()
    {
        await using var pod = await HookPod.StartAsync(AppScripts.Silence);
        var (call, visit) = await HookPod.BeginAsync(pod);
        using (call)
        {
            call.Abort();

            await visit.Ended;
        }

        await pod.Agent.WaitForOutputAsync("Hook preStop of container \"app\" was cut off after");
    }

    [Fact]
    public async Task Each_run_is_logged_and_refused_calls_once_a_minute_and_the_key_nowhere()
    {
        await using var pod = await HookPod.StartAsync(AppScripts.Well, ("PROBEAGENT_LOG_LEVEL", "debug"));
        await pod.GetAsync(HookPod.Target);
        await pod.GetAsync(HookPod.Target);
        pod.App.Script = HookPod.For(AppScripts.Status(500));
        await pod.GetAsync(HookPod.Target);
        pod.App.Script = HookPod.For(AppScripts.Reset);
        await RelayReading.OfAsync(pod.Agent, Probe.Request("GET", HookPod.Target, pod.Agent.PublicPort));
        for (var call = 0; call < 3; call++)
        {
            await RelayReading.OfAsync(pod.Agent, Probe.Request("GET", $"/app-lifecycle/app/preStop?key=x{HookPod.Key}", pod.Agent.PublicPort));
        }

        var metrics = (await Scrape.WhenAsync(pod.Agent, "probe_agent_unknown_requests_total", 3)).Text;
        var status = (await Probe.GetAdminAsync(pod.Agent, "/status.json")).Body;
        pod.Agent.Signal("INT");
        await pod.Agent.WaitForExitAsync();

        var log = pod.Agent.Output;
        Assert.Equal(2, Occurrences(log, "Hook preStop of container \"app\" ran: GET http://"));
        Assert.Equal(1, Occurrences(log, "Hook preStop of container \"app\" failed (bad_status): GET http://"));
        Assert.Equal(1, Occurrences(log, "Hook preStop of container \"app\" failed (connection_reset): GET http://"));
        Assert.Equal(1, Occurrences(log, "A hook was called that does not exist, or with a wrong key"));
        Assert.All(new[] { log, metrics, status }, text => Assert.DoesNotContain(HookPod.Key, text, StringComparison.Ordinal));
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}
