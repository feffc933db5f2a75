using System.Net;
using System.Net.Sockets;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>Where the app is looked for: <c>auto</c> finds it on loopback of both families and on the pod's address.</summary>
public sealed class TargetAddressTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public Task Auto_finds_an_app_on_one_loopback_address_only(string address) => AssertFoundAsync(IPAddress.Parse(address));

    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.InterNetworkV6)]
    public Task Auto_finds_an_app_on_the_address_that_was_probed_only(AddressFamily family)
    {
        var address = Machine.Address(family);
        return AssertFoundAsync(address, address);
    }

    [Fact]
    public Task Auto_finds_an_app_on_the_pods_address_also_where_the_probe_came_by_loopback() =>
        AssertFoundAsync(Machine.Address(AddressFamily.InterNetwork));

    [Theory]
    [InlineData("::1")]
    [InlineData("127.0.0.1")]
    public async Task The_address_that_answered_is_tried_first_the_next_time(string known)
    {
        await using var app = FakeApp.StartOn(FreePort.Next(), AppScripts.Well, IPAddress.Parse(known));
        await using var pod = await Pod.AroundAsync(app);
        await pod.GetAsync("/livez");
        var other = IPAddress.Parse(known == "::1" ? "127.0.0.1" : "::1");
        await using var newcomer = FakeApp.StartOn(app.Port, AppScripts.Status(500), other);

        var answer = await pod.GetAsync("/livez");

        Assert.Equal(200, answer.Code);
        Assert.Empty(newcomer.Visits);
    }

    [Fact]
    public async Task An_app_that_moves_to_another_address_is_found_there_within_the_same_probe()
    {
        await using var app = FakeApp.StartOn(FreePort.Next(), AppScripts.Well, IPAddress.Loopback);
        await using var pod = await Pod.AroundAsync(app);
        await pod.GetAsync("/livez");
        await app.StopListeningAsync();
        app.Listen(IPAddress.IPv6Loopback);

        var answer = await pod.GetAsync("/livez");

        Assert.Equal(200, answer.Code);
    }

    [Fact]
    public async Task A_configured_address_is_the_only_one_that_is_asked()
    {
        await using var app = FakeApp.StartOn(FreePort.Next(), AppScripts.Well, IPAddress.IPv6Loopback);
        await using var pod = await Pod.AroundAsync(app, ("PROBEAGENT_TARGET", $"http://127.0.0.1:{app.Port}/status"));

        var answer = await pod.GetAsync("/livez");

        Assert.Equal((502, "[-]app failed: connection_refused\nlivez check failed\n"), (answer.Code, answer.Body));
    }

    [Fact]
    public async Task An_IPv6_loopback_address_may_be_configured()
    {
        await using var app = FakeApp.StartOn(FreePort.Next(), AppScripts.Well, IPAddress.IPv6Loopback);
        await using var pod = await Pod.AroundAsync(app, ("PROBEAGENT_TARGET", $"http://[::1]:{app.Port}/status"));

        var answer = await pod.GetAsync("/livez");

        Assert.Equal(200, answer.Code);
        Assert.Equal($"[::1]:{app.Port}", app.LastVisit.Header("Host"));
    }

    [Fact]
    public async Task An_address_of_an_interface_may_be_configured()
    {
        var address = Machine.Address(AddressFamily.InterNetwork);
        await using var app = FakeApp.StartOn(FreePort.Next(), AppScripts.Well, address);
        await using var pod = await Pod.AroundAsync(app, ("PROBEAGENT_TARGET", $"http://{address}:{app.Port}/status"));

        var answer = await pod.GetAsync("/livez");

        Assert.Equal(200, answer.Code);
        Assert.Equal($"{address}:{app.Port}", app.LastVisit.Header("Host"));
    }

    private static async Task AssertFoundAsync(IPAddress appAddress, IPAddress? probeAddress = null)
    {
        await using var app = FakeApp.StartOn(FreePort.Next(), AppScripts.Well, appAddress);
        await using var pod = await Pod.AroundAsync(app);

        var answer = await Probe.GetByAsync(probeAddress ?? IPAddress.Loopback, pod.Agent, "/livez");

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        Assert.Single(app.Visits);
    }
}
