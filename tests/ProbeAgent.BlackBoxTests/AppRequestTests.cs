using System.Net.Sockets;
using System.Text.RegularExpressions;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>The bytes that reach the app: what the kubelet would have sent, and nothing of the caller's.</summary>
public sealed partial class AppRequestTests(PodFixture fixture) : IClassFixture<PodFixture>
{
    private Pod Pod => fixture.Pod;

    [Fact]
    public async Task The_app_is_asked_in_the_kubelets_words_and_no_others()
    {
        var address = Machine.Address(AddressFamily.InterNetwork);

        await Probe.GetByAsync(address, Pod.Agent, "/livez", Probe.KubeletUserAgent);

        var received = Pod.App.LastVisit.Received;
        Assert.EndsWith("\r\n\r\n", received, StringComparison.Ordinal);
        var lines = received[..^4].Split("\r\n");
        Assert.Equal("GET /status HTTP/1.1", lines[0]);
        string[] expected =
        [
            "Accept: */*",
            "Connection: close",
            $"Host: {address}:{Pod.App.Port}",
            "User-Agent: kube-probe/1.36",
        ];
        Assert.Equal(expected, lines[1..].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Host_is_the_IPv6_address_in_brackets_where_the_probe_came_by_IPv6()
    {
        var address = Machine.Address(AddressFamily.InterNetworkV6);

        await Probe.GetByAsync(address, Pod.Agent, "/livez");

        Assert.Equal($"[{address}]:{Pod.App.Port}", Pod.App.LastVisit.Header("Host"));
    }

    [Fact]
    public async Task Host_is_an_address_of_the_pod_also_where_the_probe_came_by_loopback()
    {
        Machine.Address(AddressFamily.InterNetwork);

        await Pod.GetAsync("/livez", "X-Forwarded-Host: evil.example");

        var addresses = Machine.Addresses.Where(address => address.AddressFamily == AddressFamily.InterNetwork);
        Assert.Contains(Pod.App.LastVisit.Header("Host"), addresses.Select(address => $"{address}:{Pod.App.Port}"));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Host_is_the_configured_one_where_one_is_configured(string host)
    {
        await using var app = FakeApp.Start(AppScripts.Well);
        await using var pod = await Pod.AroundAsync(app, ("PROBEAGENT_TARGET", $"http://{host}:{app.Port}/deep/path?and=query"));

        var answer = await pod.GetAsync("/livez");

        Assert.Equal(200, answer.Code);
        Assert.StartsWith("GET /deep/path?and=query HTTP/1.1\r\n", app.LastVisit.Received, StringComparison.Ordinal);
        Assert.Equal($"{host}:{app.Port}", app.LastVisit.Header("Host"));
    }

    [Theory]
    [InlineData("kube-probe/1.36")]
    [InlineData("kube-probe/1.9")]
    [InlineData("kube-probe/1.36+")]
    [InlineData("kube-probe/1234567890.12345")]
    public async Task The_kubelets_User_Agent_is_passed_on(string userAgent)
    {
        await Pod.GetAsync("/livez", $"User-Agent: {userAgent}");

        Assert.Equal(userAgent, Pod.App.LastVisit.Header("User-Agent"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("curl/8.5.0")]
    [InlineData("kube-probe/")]
    [InlineData("kube-probe/1.36 evil")]
    [InlineData("kube-probe/1.36evil")]
    [InlineData("evil kube-probe/1.36")]
    [InlineData("Kube-Probe/1.36")]
    [InlineData("kube-probe/1-36")]
    [InlineData("kube-probe/12345678901234567")]
    public async Task Any_other_User_Agent_is_replaced_by_the_agents_own(string? userAgent)
    {
        await Pod.GetAsync("/livez", userAgent is null ? [] : [$"User-Agent: {userAgent}"]);

        var seen = Pod.App.LastVisit.Header("User-Agent");
        Assert.NotEqual(userAgent, seen);
        Assert.Matches(KubeProbe(), seen);
    }

    [Fact]
    public async Task Two_User_Agents_are_not_passed_on()
    {
        await Pod.GetAsync("/livez", "User-Agent: kube-probe/9.98", "User-Agent: kube-probe/9.99");

        var seen = Pod.App.LastVisit.Header("User-Agent");
        Assert.DoesNotContain("9.9", seen, StringComparison.Ordinal);
        Assert.Matches(KubeProbe(), seen);
    }

    [Fact]
    public async Task Nothing_else_of_a_request_reaches_the_app()
    {
        const string Request = "GET /livez?verbose&marker=MARK HTTP/1.1\r\nHost: MARK.example:1\r\nUser-Agent: MARK\r\nAccept: text/MARK\r\n"
            + "Accept-Encoding: gzip\r\nAccept-Language: MARK\r\nCookie: MARK=1\r\nAuthorization: Bearer MARK\r\nReferer: http://MARK/\r\n"
            + "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\ntracestate: MARK=1\r\nbaggage: MARK=1\r\n"
            + "X-Forwarded-For: 6.6.6.6\r\nForwarded: for=MARK\r\nX-Request-Id: MARK\r\nRange: bytes=0-1\r\n"
            + "If-None-Match: \"MARK\"\r\nConnection: close, X-Mark\r\nX-Mark: MARK\r\n\r\n";

        await Probe.SendAsync(Pod.Agent.PublicPort, Request);

        var received = Pod.App.LastVisit.Received;
        Assert.DoesNotContain("MARK", received, StringComparison.OrdinalIgnoreCase);
        var names = received[..^4].Split("\r\n")[1..].Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal);
        Assert.Equal(["Accept", "Connection", "Host", "User-Agent"], names);
    }

    [Fact]
    public async Task A_HEAD_probe_asks_the_app_by_GET()
    {
        await Probe.SendAsync(Pod.Agent, "HEAD", "/livez");

        Assert.StartsWith("GET /status HTTP/1.1\r\n", Pod.App.LastVisit.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_question_has_a_connection_of_its_own()
    {
        var before = Pod.App.Visits.Count;

        for (var probe = 0; probe < 5; probe++)
        {
            await Pod.GetAsync("/livez");
        }

        var visits = Pod.App.Visits.Skip(before).ToArray();
        Assert.Equal(5, visits.Length);
        Assert.All(visits, visit => Assert.Single(Requests().Matches(visit.Received)));
    }

    [Fact]
    public async Task A_target_without_a_path_asks_for_the_root()
    {
        await using var app = FakeApp.Start(AppScripts.Well);
        await using var pod = await Pod.AroundAsync(app, ("PROBEAGENT_TARGET", $"http://127.0.0.1:{app.Port}"));

        await pod.GetAsync("/livez");

        Assert.StartsWith("GET / HTTP/1.1\r\n", app.LastVisit.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_is_encoded_as_the_kubelet_encodes_it()
    {
        await using var app = FakeApp.Start(AppScripts.Well);
        await using var pod = await Pod.AroundAsync(app, ("PROBEAGENT_TARGET", $"http://127.0.0.1:{app.Port}/a b%2Fc?d=e"));

        await pod.GetAsync("/livez");

        Assert.Equal("/a%20b%2Fc?d=e", app.LastVisit.Target);
    }

    [Fact]
    public async Task A_proxy_in_the_environment_is_not_used()
    {
        await using var proxy = FakeApp.Start(AppScripts.Well);
        var url = $"http://127.0.0.1:{proxy.Port}";
        await using var pod = await Pod.StartAsync(
            AppScripts.Well, ("http_proxy", url), ("HTTP_PROXY", url), ("all_proxy", url), ("ALL_PROXY", url));

        var answer = await pod.GetAsync("/livez");

        Assert.Equal(200, answer.Code);
        Assert.Single(pod.App.Visits);
        Assert.Empty(proxy.Visits);
    }

    [Fact]
    public async Task No_closed_connection_is_left_waiting_whichever_side_closes_first()
    {
        var appWaits = AppScripts.Well;
        var appCloses = AppScripts.SendThenFinish(AppScripts.Response(200));
        var appEndsBody = AppScripts.SendThenFinish("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nbody until the end");
        foreach (var script in new[] { appWaits, appCloses, appEndsBody })
        {
            Pod.App.Script = script;
            for (var probe = 0; probe < 5; probe++)
            {
                Assert.Equal(200, (await Pod.GetAsync("/livez")).Code);
                await Pod.App.LastVisit.Ended;
            }
        }

        Assert.Equal(0, TcpTable.TimeWaits(Pod.App.Port));
    }

    [GeneratedRegex("^kube-probe/[0-9.+]{1,16}$")]
    private static partial Regex KubeProbe();

    [GeneratedRegex(" HTTP/1.1\r\n")]
    private static partial Regex Requests();
}
