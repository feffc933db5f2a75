using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests.Documents;

/// <summary>Which checks an answer is over, and what it says of them, in a pod of several containers.</summary>
public sealed class AggregationTests(AggregationFixture fixture) : IClassFixture<AggregationFixture>
{
    private DocumentPod Pod => fixture.Pod;

    [Theory]
    [InlineData("/livez", "web cache-live")]
    [InlineData("/readyz", "web queue cache-start batch")]
    [InlineData("/startupz", "web cache-start")]
    [InlineData("/livez/web", "web")]
    [InlineData("/livez/cache-live", "cache-live")]
    [InlineData("/readyz/queue", "queue")]
    [InlineData("/readyz/batch", "batch")]
    [InlineData("/startupz/cache-start", "cache-start")]
    [InlineData("/app-health/web/livez", "web")]
    [InlineData("/app-health/web/readyz", "web queue")]
    [InlineData("/app-health/web/startupz", "web")]
    [InlineData("/app-health/cache/livez", "cache-live")]
    [InlineData("/app-health/cache/readyz", "cache-start")]
    [InlineData("/app-health/cache/startupz", "cache-start")]
    [InlineData("/app-health/batch/readyz", "batch")]
    public async Task An_answer_is_over_the_checks_that_serve_its_probe_in_configured_order(string target, string checks)
    {
        Pod.Heal();
        var before = Visits();
        var names = checks.Split(' ');

        var plain = await Pod.AskAsync(target);
        var verbose = await Pod.AskAsync(target + "?verbose");

        var probe = target.Split('/').Single(part => part.EndsWith('z'));
        Assert.Equal((200, "ok"), plain);
        Assert.Equal((200, string.Concat(names.Select(name => $"[+]{name} ok\n")) + $"{probe} check passed\n"), verbose);
        Assert.All(
            AggregationFixture.Checks,
            check => Assert.Equal(before[check] + (names.Contains(check) ? 2 : 0), Pod[check].Visits.Count));
    }

    [Theory]
    [InlineData("/livez/queue")]
    [InlineData("/startupz/queue")]
    [InlineData("/readyz/cache-live")]
    [InlineData("/livez/cache-start")]
    [InlineData("/livez/batch")]
    [InlineData("/livez/batch?verbose")]
    [InlineData("/app-health/batch/livez")]
    [InlineData("/app-health/batch/startupz")]
    public async Task Where_no_check_serves_the_probe_it_is_404_and_nothing_is_asked(string target) =>
        await AssertNotFoundAsync(target);

    [Theory]
    [InlineData("/livez/nosuch")]
    [InlineData("/livez/cache")]
    [InlineData("/livez/Web")]
    [InlineData("/livez/web/")]
    [InlineData("/livez/web,cache-live")]
    [InlineData("/livez/%77eb")]
    [InlineData("/app-health/queue/readyz")]
    [InlineData("/app-health/cache-live/livez")]
    [InlineData("/app-health/Web/livez")]
    [InlineData("/app-health/web/livez/web")]
    [InlineData("/app-health/web")]
    [InlineData("/app-health/nosuch/livez")]
    [InlineData("/app-health//livez")]
    public async Task A_container_is_no_check_and_a_check_no_container(string target) => await AssertNotFoundAsync(target);

    [Theory]
    [InlineData("web", 500, "[-]web failed: bad_status\n[+]cache-live ok\n")]
    [InlineData("cache-live", 503, "[+]web ok\n[-]cache-live failed: bad_status\n")]
    [InlineData("web cache-live", 404, "[-]web failed: bad_status\n[-]cache-live failed: bad_status\n")]
    public async Task A_failure_lists_every_check_in_configured_order(string failing, int status, string lines)
    {
        Pod.Heal();
        foreach (var name in failing.Split(' '))
        {
            Pod[name].Script = AppScripts.Status(status);
        }

        var plain = await Pod.AskAsync("/livez");
        var verbose = await Pod.AskAsync("/livez?verbose");

        Assert.Equal((status, lines + "livez check failed\n"), plain);
        Assert.Equal(plain, verbose);
    }

    [Fact]
    public async Task One_containers_failure_is_not_the_others()
    {
        Pod.Heal();
        Pod["cache-live"].Script = AppScripts.Status(500);

        Assert.Equal((200, "ok"), await Pod.AskAsync("/app-health/web/livez"));
        Assert.Equal((200, "ok"), await Pod.AskAsync("/livez/web"));
        Assert.Equal((200, "ok"), await Pod.AskAsync("/readyz"));
        Assert.Equal((500, "[-]cache-live failed: bad_status\nlivez check failed\n"), await Pod.AskAsync("/app-health/cache/livez"));
        Assert.Equal(500, (await Pod.AskAsync("/livez")).Code);
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/livez/cache-live")]
    [InlineData("/readyz")]
    [InlineData("/app-health/web/readyz")]
    [InlineData("/livez/queue")]
    [InlineData("/app-health/nosuch/livez")]
    public async Task HEAD_has_code_and_headers_of_GET_and_no_body(string target)
    {
        Pod.Heal();
        Pod["cache-live"].Script = AppScripts.Status(507);
        Pod["queue"].Script = AppScripts.Status(404);
        var get = await Pod.GetAsync(target);
        using var connection = await ProbeConnection.OpenAsync(System.Net.IPAddress.Loopback, Pod.Agent.PublicPort);

        await connection.SendAsync(Probe.Request("HEAD", target, Pod.Agent.PublicPort));

        var head = await connection.ReadAnswerAsync(toHead: true);
        Assert.Equal(get.Code, head.Code);
        Assert.All(
            ["Content-Type", "Cache-Control", "X-Content-Type-Options"], name => Assert.Equal(get.Header(name), head.Header(name)));
        Assert.Equal("no-store", head.Header("Cache-Control"));
        Assert.Equal("", await connection.ReadToEndAsync());
    }

    [Fact]
    public async Task Probes_by_different_paths_share_a_question_that_is_on_its_way()
    {
        Pod.Heal();
        var before = Visits();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Pod["web"].Script = AppScripts.When(gate.Task, AppScripts.Well);
        using var first = await AskAsync("/livez");
        using var second = await AskAsync("/livez/web");
        using var third = await AskAsync("/app-health/web/readyz");

        gate.SetResult();

        Assert.All(
            [await first.ReadAnswerAsync(), await second.ReadAnswerAsync(), await third.ReadAnswerAsync()],
            answer => Assert.Equal((200, "ok"), (answer.Code, answer.Body)));
        Assert.Equal(before["web"] + 1, Pod["web"].Visits.Count);
        Assert.Equal((before["queue"] + 1, before["cache-live"] + 1), (Pod["queue"].Visits.Count, Pod["cache-live"].Visits.Count));
    }

    private async Task AssertNotFoundAsync(string target)
    {
        var before = Visits();

        var answer = await Pod.GetAsync(target);

        Assert.Equal(404, answer.Code);
        Assert.Equal("text/plain; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal(before, Visits());
    }

    /// <summary>Sends a probe; when it returns, the agent has taken it in.</summary>
    private async Task<ProbeConnection> AskAsync(string target)
    {
        var connection = await ProbeConnection.OpenAsync(System.Net.IPAddress.Loopback, Pod.Agent.PublicPort);
        await connection.SendAsync(Probe.Request("GET", target, Pod.Agent.PublicPort));
        do
        {
            // Each answer to somebody else is a turn of the agent in which it takes up what has come before.
            await Pod.GetAsync("/-/healthy");
        }
        while (!TcpTable.HasTakenAll(Pod.Agent.PublicPort, connection.LocalPort));
        await Pod.GetAsync("/-/healthy");
        return connection;
    }

    private Dictionary<string, int> Visits() => AggregationFixture.Checks.ToDictionary(name => name, name => Pod[name].Visits.Count);
}
