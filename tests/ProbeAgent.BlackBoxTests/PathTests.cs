using System.Net;
using System.Net.Sockets;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>Which targets exist on the public port, and that nothing near them does.</summary>
public sealed class PathTests(PodFixture fixture) : IClassFixture<PodFixture>
{
    private Pod Pod => fixture.Pod;

    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/startupz")]
    [InlineData("/livez/app")]
    [InlineData("/readyz/app")]
    [InlineData("/startupz/app")]
    [InlineData("/app-health/app/livez")]
    [InlineData("/app-health/app/readyz")]
    [InlineData("/app-health/app/startupz")]
    public async Task Each_probe_path_asks_the_app_once_and_says_ok(string target)
    {
        var before = Pod.App.Visits.Count;

        var answer = await Pod.GetAsync(target);

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        Assert.Equal(before + 1, Pod.App.Visits.Count);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/%6civez")]
    [InlineData("/livez%2Fapp")]
    [InlineData("/livez%3Fverbose")]
    [InlineData("//livez")]
    [InlineData("/livez/")]
    [InlineData("/livez//app")]
    [InlineData("/livez/app/")]
    [InlineData("/livez/app/app")]
    [InlineData("/LIVEZ")]
    [InlineData("/Livez")]
    [InlineData("/livez/App")]
    [InlineData("/livez/ap")]
    [InlineData("/livez/nosuch")]
    [InlineData("/./livez")]
    [InlineData("/x/../livez")]
    [InlineData("/livez;v=1")]
    [InlineData("/livezz")]
    [InlineData("/app-health")]
    [InlineData("/app-health/app")]
    [InlineData("/app-health/app/")]
    [InlineData("/app-health/app/status")]
    [InlineData("/app-health/app/livez/")]
    [InlineData("/app-health/nosuch/livez")]
    [InlineData("/app-health/App/livez")]
    [InlineData("/App-Health/app/livez")]
    [InlineData("/-/Healthy")]
    [InlineData("/-/healthy/")]
    [InlineData("/-/")]
    [InlineData("/metrics/")]
    [InlineData("/Metrics")]
    [InlineData("/healthz")]
    [InlineData("/status")]
    [InlineData("/status.json")]
    [InlineData("/config")]
    [InlineData("/relay/app")]
    public async Task Any_other_target_is_404_and_does_not_reach_the_app(string target)
    {
        var before = Pod.App.Visits.Count;

        var answer = await Pod.GetAsync(target);

        Assert.Equal(404, answer.Code);
        AssertHeaders(answer);
        Assert.Equal(before, Pod.App.Visits.Count);
    }

    [Fact]
    public async Task The_absolute_form_is_another_target_and_not_found()
    {
        var answer = await Pod.GetAsync($"http://127.0.0.1:{Pod.Agent.PublicPort}/livez");

        Assert.Equal(404, answer.Code);
    }

    [Theory]
    [InlineData("/-/healthy")]
    [InlineData("/-/ready")]
    public async Task The_agents_own_health_asks_no_app(string target)
    {
        var before = Pod.App.Visits.Count;

        var answer = await Pod.GetAsync(target);

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        AssertHeaders(answer);
        Assert.Equal(before, Pod.App.Visits.Count);
    }

    [Theory]
    [InlineData("POST", "/livez")]
    [InlineData("PUT", "/readyz/app")]
    [InlineData("DELETE", "/app-health/app/livez")]
    [InlineData("OPTIONS", "/-/healthy")]
    [InlineData("PATCH", "/metrics")]
    [InlineData("BREW", "/startupz")]
    [InlineData("get", "/livez")]
    public async Task Another_method_on_a_known_path_is_405_and_says_which_are_allowed(string method, string target)
    {
        var before = Pod.App.Visits.Count;

        var answer = await Probe.SendAsync(Pod.Agent, method, target);

        Assert.Equal(405, answer.Code);
        Assert.Equal(["GET", "HEAD"], answer.Header("Allow")!.Split(", ").Order(StringComparer.Ordinal));
        AssertHeaders(answer);
        Assert.Equal(before, Pod.App.Visits.Count);
    }

    [Fact]
    public async Task Another_method_on_an_unknown_path_is_404()
    {
        var answer = await Probe.SendAsync(Pod.Agent, "POST", "/nosuch");

        Assert.Equal(404, answer.Code);
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/-/healthy")]
    [InlineData("/metrics")]
    [InlineData("/nosuch")]
    public async Task HEAD_is_answered_as_GET_without_a_body(string target)
    {
        var get = await Pod.GetAsync(target);
        using var connection = await ProbeConnection.OpenAsync(IPAddress.Loopback, Pod.Agent.PublicPort);

        await connection.SendAsync(Probe.Request("HEAD", target, Pod.Agent.PublicPort));

        var head = await connection.ReadAnswerAsync(toHead: true);
        Assert.Equal(get.Code, head.Code);
        Assert.Equal(get.Header("Content-Type"), head.Header("Content-Type"));
        Assert.Equal("", await connection.ReadToEndAsync());
    }

    [Fact]
    public async Task HTTP_1_0_is_answered_and_closed()
    {
        using var connection = await ProbeConnection.OpenAsync(IPAddress.Loopback, Pod.Agent.PublicPort);

        await connection.SendAsync("GET /livez HTTP/1.0\r\n\r\n");

        var answer = await connection.ReadAnswerAsync();
        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        Assert.Equal("", await connection.ReadToEndAsync());
    }

    [Fact]
    public async Task A_caller_may_keep_its_connection_for_the_next_probe()
    {
        var request = $"GET /livez HTTP/1.1\r\nHost: 127.0.0.1:{Pod.Agent.PublicPort}\r\n\r\n";
        using var connection = await ProbeConnection.OpenAsync(IPAddress.Loopback, Pod.Agent.PublicPort);

        await connection.SendAsync(request);
        var first = await connection.ReadAnswerAsync();
        await connection.SendAsync(request);
        var second = await connection.ReadAnswerAsync();

        Assert.Equal((200, 200), (first.Code, second.Code));
    }

    [Fact]
    public async Task HTTP_2_is_not_spoken()
    {
        var before = Pod.App.Visits.Count;
        using var connection = await ProbeConnection.OpenAsync(IPAddress.Loopback, Pod.Agent.PublicPort);

        // A preface with its settings, and GET /livez as stream 1.
        await connection.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0"
            + "\0\0\u000e\u0001\u0005\0\0\0\u0001\u0082\u0086\u0004\u0006/livez\u0001\u0003pod");

        // Kestrel's farewell in HTTP/2 is no answer to anything.
        Assert.DoesNotContain(" 200 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(before, Pod.App.Visits.Count);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task The_public_port_is_open_on_loopback_of_both_families(string address)
    {
        var answer = await Probe.GetByAsync(IPAddress.Parse(address), Pod.Agent, "/livez");

        Assert.Equal(200, answer.Code);
    }

    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.InterNetworkV6)]
    public async Task The_public_port_is_open_on_the_addresses_of_the_interfaces(AddressFamily family)
    {
        var answer = await Probe.GetByAsync(Machine.Address(family), Pod.Agent, "/livez");

        Assert.Equal(200, answer.Code);
    }

    private static void AssertHeaders(Answer answer)
    {
        Assert.Equal("text/plain; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
    }
}
