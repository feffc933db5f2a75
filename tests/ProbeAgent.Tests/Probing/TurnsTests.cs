using System.Net;
using System.Net.Sockets;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Probing;

/// <summary>
/// Wherever an agent without CPU stands still, the time is its own. The clock of the question stands still as well here; what lay there
/// and for how long is the kernel's word about real connections.
/// </summary>
public sealed class TurnsTests : IDisposable
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastPass = TimeSpan.FromMilliseconds(50);

    private readonly SteadyClock time = new();
    private readonly SocketPair pair = new();
    private readonly Deadline deadline;

    public TurnsTests()
    {
        deadline = new Deadline(Budget, time, CancellationToken.None);
    }

    [Fact]
    public void Standstill_BeforeTheConnectionIsAskedFor_IsOurs()
    {
        using var idle = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deadline.Turns.AwaitConnection(idle);

        time.Advance(Budget);

        Assert.True(deadline.WasLate);
    }

    [Fact]
    public void Standstill_WhileTheConnectionStands_IsOurs()
    {
        deadline.Turns.AwaitConnection(pair.Agent);
        SocketPair.WaitUntilLongAgo(() => TcpInfo.Of(pair.Agent).SinceAcknowledgement);

        time.Advance(Budget);

        Assert.True(deadline.WasLate);
    }

    [Fact]
    public void Standstill_WhileARefusalLiesThere_IsOurs()
    {
        deadline.Turns.AwaitConnection(pair.Agent);
        time.Advance(TimeSpan.FromMilliseconds(60));
        deadline.Turns.MeetRefusal();
        deadline.Turns.AwaitData(pair.Agent);

        time.Advance(Budget - TimeSpan.FromMilliseconds(60));

        Assert.True(deadline.WasLate);
    }

    [Fact]
    public async Task Standstill_BeforeTheNextAddress_IsOurs()
    {
        using var listener = new TcpListener(IPAddress.Parse("127.0.0.2"), 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var host = new TargetHost("app", [IPAddress.Loopback, IPAddress.Parse("127.0.0.2")]);
        using var standing = new Deadline(Budget, new StrikingClock(Step), CancellationToken.None);

        using var socket = await new PodConnector(host).ConnectAsync(IPAddress.Loopback, port, standing.Turns, standing.Token);

        // The app's are three looks at most, at the connection that stood; one more would be that of the refusal.
        Assert.InRange(standing.Elapsed - standing.Turns.Sum().Own, TimeSpan.Zero, 3 * Step);
    }

    [Fact]
    public void AppThatDoesNotAccept_IsSilentForItself()
    {
        using var silent = new FullQueue();
        deadline.Turns.AwaitConnection(silent.Connecting);

        time.Advance(Budget);

        Assert.Equal((false, true), (deadline.WasLate, deadline.IsOver));
    }

    [Fact]
    public void Standstill_BeforeTheRequestIsOut_IsOursWhateverElseComesAndGoes()
    {
        deadline.Turns.OweRequest();
        deadline.Turns.AwaitData(pair.Agent);
        time.Advance(TimeSpan.FromMilliseconds(500));
        pair.Agent.Send([1]);
        deadline.Turns.PayRequest(pair.Agent);

        time.Advance(Budget - TimeSpan.FromMilliseconds(500));

        Assert.True(deadline.WasLate);
    }

    [Fact]
    public void Standstill_AfterTheRequestIsOut_IsTheAppsUntilItAnswers()
    {
        deadline.Turns.OweRequest();
        pair.Agent.Send([1]);
        SocketPair.WaitUntilLongAgo(() => TcpInfo.Of(pair.Agent).SinceSent);
        time.Advance(TcpInfo.Of(pair.Agent).SinceSent);
        deadline.Turns.PayRequest(pair.Agent);

        time.Advance(Budget);

        Assert.Equal((false, true), (deadline.WasLate, deadline.IsOver));
    }

    [Fact]
    public void Standstill_BetweenTheRequestAndTheReading_IsOursOnceTheAppHasAnswered()
    {
        deadline.Turns.OweRequest();
        pair.Agent.Send([1]);
        deadline.Turns.PayRequest(pair.Agent);
        pair.AppSays("HTTP/1.1 200 OK\r\n\r\n");
        SocketPair.WaitUntilLongAgo(() => TcpInfo.Of(pair.Agent).SinceData);

        time.Advance(Budget);

        Assert.True(deadline.WasLate);
    }

    [Fact]
    public void Standstill_WhileTheEndLiesThere_IsOurs()
    {
        deadline.Turns.AwaitData(pair.Agent);
        pair.App.Shutdown(SocketShutdown.Send);
        SocketPair.WaitUntilLongAgo(() => TcpInfo.Of(pair.Agent) is { IsEstablished: false } ended ? ended.SinceAcknowledgement : null);

        time.Advance(Budget);

        Assert.True(deadline.WasLate);
    }

    [Fact]
    public void Standstill_BetweenTheEndOfTheTimeAndTheLastPass_IsOurs()
    {
        deadline.Turns.AwaitData(pair.Agent);
        time.Advance(Budget - TimeSpan.FromMilliseconds(1));
        pair.AppSays("HTTP/1.1 200 OK\r\n\r\n");
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(deadline.IsOver);

        SocketPair.WaitUntilLongAgo(() => TcpInfo.Of(pair.Agent).SinceData);
        time.Advance(LastPass);

        Assert.Equal((true, true), (deadline.WasLate, deadline.IsOver));
    }

    [Fact]
    public void Answer_ThatIsReadInTheLastPass_LeavesNoBlame()
    {
        deadline.Turns.AwaitData(pair.Agent);
        time.Advance(Budget - TimeSpan.FromMilliseconds(1));
        pair.AppSays("HTTP/1.1 200 OK\r\n\r\n");
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(deadline.IsOver);

        pair.Agent.Receive(new byte[100]);
        deadline.Turns.MeetData(pair.Agent, isEnd: false);
        deadline.Turns.AwaitData(null);
        time.Advance(LastPass);

        Assert.True(deadline.IsOver);
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(85, true)]
    public void PauseBeforeAnotherAttempt_IsNobodys_AndWhatItTakesLongerIsOurs(int milliseconds, bool isOurs)
    {
        deadline.Turns.Pause(TimeSpan.FromMilliseconds(30));
        time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        deadline.Turns.BeginAttempt();
        deadline.Turns.AwaitData(pair.Agent);

        time.Advance(Budget - deadline.Elapsed);

        Assert.Equal(isOurs, deadline.WasLate);
    }

    public void Dispose()
    {
        deadline.Dispose();
        pair.Dispose();
    }

    // The kernel drops every further SYN to a port whose queue is full.
    private sealed class FullQueue : IDisposable
    {
        private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly Socket[] sockets = [.. Enumerable.Range(0, 3).Select(static _ => NonBlocking())];

        public FullQueue()
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(0);
            foreach (var socket in sockets)
            {
                var refused = Assert.Throws<SocketException>(() => socket.Connect(listener.LocalEndPoint!));
                Assert.Contains(refused.SocketErrorCode, new[] { SocketError.WouldBlock, SocketError.InProgress });
            }
        }

        public Socket Connecting => sockets[^1];

        public void Dispose()
        {
            Array.ForEach(sockets, static socket => socket.Dispose());
            listener.Dispose();
        }

        private static Socket NonBlocking() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
    }
}
