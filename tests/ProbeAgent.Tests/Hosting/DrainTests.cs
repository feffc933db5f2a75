using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProbeAgent.Hosting;
using ProbeAgent.Probing;
using ProbeAgent.Serving;

namespace ProbeAgent.Tests.Hosting;

public sealed class DrainTests
{
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(25);

    private readonly FakeTimeProvider time = new();
    private readonly HooksUnderWay hooks = new();

    [Fact]
    public async Task Wait_WithoutTime_IsOverAtOnce()
    {
        using var app = Listen();

        await Create(app, TimeSpan.Zero).WaitAsync(CancellationToken.None).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Wait_WhileTheAppListens_LastsUntilTheTimeIsUp()
    {
        using var app = Listen();
        var wait = Create(app, Max).WaitAsync(CancellationToken.None);

        await AdvanceAsync(wait, TimeSpan.FromSeconds(24));
        Assert.False(wait.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(1));
        await wait.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Wait_AfterTwoRefusalsASecondApart_IsOver()
    {
        var app = Listen();
        var drain = Create(app, Max);
        app.Dispose();

        var wait = drain.WaitAsync(CancellationToken.None);
        Assert.False(wait.IsCompleted);

        await AdvanceAsync(wait, TimeSpan.FromSeconds(24));
        await wait.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.InRange(time.GetUtcNow() - time.Start, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(24));
    }

    [Fact]
    public async Task Wait_WhenTheEndIsDemanded_IsOver()
    {
        using var app = Listen();
        using var demanded = new CancellationTokenSource();
        var wait = Create(app, Max).WaitAsync(demanded.Token);

        await demanded.CancelAsync();

        await wait.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Wait_WhileAHookIsOnItsWay_OutlastsTheTimeAndEndsWithIt()
    {
        using var app = Listen();
        hooks.Begin();
        var wait = Create(app, Max).WaitAsync(CancellationToken.None);
        await AdvanceAsync(wait, Max * 2);
        Assert.False(wait.IsCompleted);

        hooks.End();

        await wait.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Wait_WhileAHookIsOnItsWay_OutlastsTheAppAndEndsWhenTheEndIsDemanded()
    {
        var app = Listen();
        var drain = Create(app, Max);
        app.Dispose();
        hooks.Begin();
        using var demanded = new CancellationTokenSource();
        var wait = drain.WaitAsync(demanded.Token);
        await AdvanceAsync(wait, TimeSpan.FromSeconds(10));
        Assert.False(wait.IsCompleted);

        await demanded.CancelAsync();

        await wait.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private static TimeSpan Patience => TimeSpan.FromSeconds(10);

    private static Socket Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(64);
        return socket;
    }

    private async Task AdvanceAsync(Task wait, TimeSpan by)
    {
        for (var spent = TimeSpan.Zero; spent < by && !wait.IsCompleted; spent += TimeSpan.FromSeconds(1))
        {
            // A real connect lies between two ticks.
            await Task.WhenAny(wait, Task.Delay(20, TestContext.Current.CancellationToken));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await Task.WhenAny(wait, Task.Delay(20, TestContext.Current.CancellationToken));
    }

    private Drain Create(Socket app, TimeSpan max)
    {
        var appPort = new AppPort(
            new TargetHost("127.0.0.1", [IPAddress.Loopback]), ((IPEndPoint)app.LocalEndPoint!).Port, new PodAddress());
        return new Drain([appPort], hooks, max, time, NullLogger<Drain>.Instance);
    }
}
