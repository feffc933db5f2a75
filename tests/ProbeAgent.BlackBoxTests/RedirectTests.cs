using System.Net.Sockets;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>Redirects as the kubelet follows them: to the same host name only, nine hops at most.</summary>
public sealed class RedirectTests(PodFixture fixture) : IClassFixture<PodFixture>
{
    private Pod Pod => fixture.Pod;

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_to_the_same_host_is_followed_and_the_last_answer_counts(int status)
    {
        var before = Pod.App.Visits.Count;
        Pod.App.Script = AppScripts.ByTarget(target =>
            target == "/status" ? AppScripts.Response(status, "Location: /there?x=1") : AppScripts.Response(418));

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal(418, answer.Code);
        Assert.Equal(["/status", "/there?x=1"], Pod.App.Visits.Skip(before).Select(visit => visit.Target));
    }

    [Theory]
    [InlineData(9, 200)]
    [InlineData(10, 502)]
    public async Task Nine_hops_are_followed_the_tenth_is_a_failure(int hops, int code)
    {
        var before = Pod.App.Visits.Count;
        var left = hops;
        Pod.App.Script = AppScripts.ByTarget(_ =>
            Interlocked.Decrement(ref left) >= 0 ? AppScripts.Response(302, $"Location: /hop{left}") : AppScripts.Response(200));

        var answer = await Pod.GetAsync("/livez?verbose");

        Assert.Equal(code, answer.Code);
        Assert.Equal(10, Pod.App.Visits.Count - before);
    }

    [Fact]
    public async Task A_redirect_to_itself_ends_as_too_many_redirects()
    {
        Pod.App.Script = AppScripts.Status(302, "Location: /status");

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal((502, "[-]app failed: too_many_redirects\nlivez check failed\n"), (answer.Code, answer.Body));
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_not_followed_and_counts_as_a_warning()
    {
        const string Series = "probe_agent_attempts_total{check=\"app\",result=\"warning\"}";
        await using var elsewhere = FakeApp.Start(AppScripts.Status(500));
        var before = (await Scrape.OfAsync(Pod.Agent))[Series];
        Pod.App.Script = AppScripts.Status(302, $"Location: http://127.0.0.9:{elsewhere.Port}/");

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        Assert.Empty(elsewhere.Visits);
        await Scrape.WhenAsync(Pod.Agent, Series, before + 1);
    }

    [Fact]
    public async Task Loopback_is_another_host_where_the_pods_address_is_asked()
    {
        var before = Pod.App.Visits.Count;
        Pod.App.Script = AppScripts.Status(302, $"Location: http://127.0.0.1:{Pod.App.Port}/there");

        var answer = await Probe.GetByAsync(Machine.Address(AddressFamily.InterNetwork), Pod.Agent, "/livez");

        Assert.Equal(200, answer.Code);
        Assert.Equal(1, Pod.App.Visits.Count - before);
    }

    [Fact]
    public async Task A_redirect_to_the_pods_address_is_dialled_like_the_first_question_at_its_own_port()
    {
        var address = Machine.Address(AddressFamily.InterNetwork);
        await using var onLoopback = FakeApp.Start(AppScripts.Status(418));
        Pod.App.Script = AppScripts.Status(302, $"Location: http://{address}:{onLoopback.Port}/there");

        var answer = await Probe.GetByAsync(address, Pod.Agent, "/livez");

        Assert.Equal(418, answer.Code);
        Assert.Equal("/there", Assert.Single(onLoopback.Visits).Target);
    }

    [Fact]
    public async Task A_configured_host_is_the_name_that_is_compared()
    {
        await using var app = FakeApp.Start(AppScripts.Well);
        await using var pod = await Pod.AroundAsync(app, ("PROBEAGENT_TARGET", $"http://127.0.0.1:{app.Port}/status"));
        app.Script = AppScripts.ByTarget(target => target == "/status"
            ? AppScripts.Response(302, $"Location: http://127.0.0.1:{app.Port}/there")
            : AppScripts.Response(418));

        var answer = await pod.GetAsync("/livez");

        Assert.Equal(418, answer.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_redirect_to_the_agents_own_ports_is_a_failure(bool admin)
    {
        await using var app = FakeApp.Start(AppScripts.Well);
        await using var pod = await Pod.AroundAsync(app, ("PROBEAGENT_TARGET", $"http://127.0.0.1:{app.Port}/status"));
        var own = admin ? pod.Agent.AdminPort : pod.Agent.PublicPort;
        app.Script = AppScripts.Status(302, $"Location: http://127.0.0.1:{own}/-/healthy");

        var answer = await pod.GetAsync("/livez");

        Assert.InRange(answer.Code, 500, 599);
    }
}
