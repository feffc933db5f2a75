using System.Net;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>A TCP check: a connection that opens is a success, and it is closed as the kubelet closes it.</summary>
public sealed class TcpCheckTests
{
    [Theory]
    [InlineData("tcp://:{0}", "127.0.0.1")]
    [InlineData("tcp://:{0}", "::1")]
    [InlineData("tcp://127.0.0.1:{0}", "127.0.0.1")]
    [InlineData("tcp://localhost:{0}", "127.0.0.1")]
    [InlineData("tcp://[::1]:{0}", "::1")]
    public async Task An_open_port_is_well_and_is_left_with_FIN_and_not_a_byte(string target, string address)
    {
        await using var app = FakeApp.StartOn(FreePort.Next(), AppScripts.Silence, IPAddress.Parse(address));
        await using var pod = await StartAsync(app, target);

        var answer = await pod.GetAsync("/livez");

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        var visit = await app.NextVisitAsync();
        Assert.Equal(VisitEnd.Fin, await visit.Ended);
        Assert.Equal("", visit.Received);
        Assert.Single(app.Visits);
    }

    [Fact]
    public async Task A_closed_port_is_refused()
    {
        await using var app = FakeApp.Start(AppScripts.Silence);
        await using var pod = await StartAsync(app, "tcp://:{0}");
        await app.StopListeningAsync();

        var answer = await pod.GetAsync("/readyz");

        Assert.Equal((502, "[-]app failed: connection_refused\nreadyz check failed\n"), (answer.Code, answer.Body));
    }

    [Fact]
    public async Task An_app_that_speaks_first_is_well()
    {
        await using var app = FakeApp.Start(async visit => await visit.TrySendAsync("220 mail ESMTP\r\n"));
        await using var pod = await StartAsync(app, "tcp://:{0}");

        var answer = await pod.GetAsync("/livez");

        Assert.Equal(200, answer.Code);
    }

    [Fact]
    public async Task Each_probe_is_a_connection_of_its_own()
    {
        await using var app = FakeApp.Start(AppScripts.Silence);
        await using var pod = await StartAsync(app, "tcp://:{0}");

        await pod.GetAsync("/livez");
        await pod.GetAsync("/livez");

        await app.NextVisitAsync();
        await app.NextVisitAsync();
        Assert.Equal(2, app.Visits.Count);
    }

    private static Task<Pod> StartAsync(FakeApp app, string target) =>
        Pod.AroundAsync(app, ("PROBEAGENT_TARGET", string.Format(null, target, app.Port)));
}
