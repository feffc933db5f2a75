using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Probing;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(900);

    [Fact]
    public void Token_AtTheBudget_IsCancelled()
    {
        var time = new FakeTimeProvider();
        using var deadline = new Deadline(Budget, time, CancellationToken.None);

        time.Advance(Budget - TimeSpan.FromMilliseconds(1));
        Assert.False(deadline.Token.IsCancellationRequested);

        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.False(deadline.WasLate);
    }

    [Fact]
    public void Token_WhenTheTimerIs50MsLate_IsCancelledAtOnce()
    {
        var time = new LateClock(TimeSpan.FromMilliseconds(50));
        using var deadline = new Deadline(Budget, time, CancellationToken.None);

        time.Advance(Budget);

        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.False(deadline.WasLate);
    }

    [Fact]
    public void Token_WhenTheTimerIsMoreThan50MsLate_GivesOneLastPassOf50Ms()
    {
        var time = new LateClock(TimeSpan.FromMilliseconds(51));
        using var deadline = new Deadline(Budget, time, CancellationToken.None);

        time.Advance(Budget);
        Assert.False(deadline.Token.IsCancellationRequested);
        Assert.True(deadline.WasLate);

        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.True(deadline.Token.IsCancellationRequested);
    }

    [Fact]
    public void WasLate_WhereTheRequestWentOutMoreThan50MsLate_GivesOneLastPass()
    {
        var time = new FakeTimeProvider();
        using var deadline = new Deadline(Budget, time, CancellationToken.None);
        deadline.BeginOurTurn(TimeSpan.Zero);
        time.Advance(TimeSpan.FromMilliseconds(51));
        deadline.EndOurTurn(awaiting: null);

        time.Advance(Budget - TimeSpan.FromMilliseconds(51));

        Assert.Equal((true, false), (deadline.WasLate, deadline.IsOver));
    }

    [Fact]
    public void WasLate_WhereTheAppHadItsTime_IsFalse()
    {
        var time = new FakeTimeProvider();
        using var deadline = new Deadline(Budget, time, CancellationToken.None);
        deadline.BeginOurTurn(TimeSpan.Zero);
        time.Advance(TimeSpan.FromMilliseconds(50));
        deadline.EndOurTurn(awaiting: null);

        time.Advance(Budget - TimeSpan.FromMilliseconds(50));

        Assert.Equal((false, true), (deadline.WasLate, deadline.IsOver));
    }

    [Fact]
    public void WasLate_WhereAnswersLayUnread_CountsAllOfThem()
    {
        var time = new FakeTimeProvider();
        using var deadline = new Deadline(Budget, time, CancellationToken.None);
        time.Advance(TimeSpan.FromMilliseconds(100));
        for (var answer = 0; answer < 2; answer++)
        {
            deadline.BeginOurTurn(TimeSpan.FromMilliseconds(30));
            deadline.EndOurTurn(awaiting: null);
        }

        time.Advance(Budget - TimeSpan.FromMilliseconds(100));

        Assert.True(deadline.WasLate);
    }

    [Fact]
    public void WasLate_UntilTheRequestIsOut_NothingElseEndsOurTurn()
    {
        var time = new FakeTimeProvider();
        using var deadline = new Deadline(Budget, time, CancellationToken.None);
        deadline.OweRequest();
        deadline.EndOurTurn(awaiting: null);
        time.Advance(TimeSpan.FromMilliseconds(60));
        deadline.PayRequest();

        time.Advance(Budget - TimeSpan.FromMilliseconds(60));

        Assert.True(deadline.WasLate);
    }

    [Fact]
    public async Task Token_WhereSomethingHasJustCome_GivesOneLastPassWithoutBlame()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var app = new TcpClient();
        var connecting = app.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using var ours = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await connecting;
        var time = new FakeTimeProvider();
        using var deadline = new Deadline(Budget, time, CancellationToken.None);
        deadline.EndOurTurn(awaiting: ours);
        await app.GetStream().WriteAsync(new byte[] { 1 }, TestContext.Current.CancellationToken);
        await ours.ReceiveAsync(new byte[1], SocketFlags.Peek, TestContext.Current.CancellationToken);

        time.Advance(Budget);
        Assert.Equal((false, false), (deadline.WasLate, deadline.IsOver));

        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.True(deadline.IsOver);
    }

    [Fact]
    public void Token_WhenTheAgentStops_IsCancelled()
    {
        using var stopping = new CancellationTokenSource();
        using var deadline = new Deadline(Budget, new FakeTimeProvider(), stopping.Token);

        stopping.Cancel();

        Assert.True(deadline.Token.IsCancellationRequested);
    }
}
