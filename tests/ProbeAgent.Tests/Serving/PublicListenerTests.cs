using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProbeAgent.Serving;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Tests.Serving;

public sealed class PublicListenerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WatchedTime time = new();

    // The server ends its connections as soon as this is over, also those of which it has read nothing.
    [Fact]
    public async Task UnbindAsync_WhereAProbeHasJustCome_LeavesTheServerTimeToBeginIt()
    {
        using var guard = new ConnectionGuard(new AgentMetrics(AgentVersion.Current), time, NullLogger<ConnectionGuard>.Instance);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        var address = socket.LocalEndPoint!;
        await using var listener = new PublicListener(socket, guard, time, NullLoggerFactory.Instance);
        using var caller = await ConnectAsync(address);
        await caller.SendAsync("GET /livez HTTP/1.1\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.NotNull(await listener.AcceptAsync(TestContext.Current.CancellationToken));

        var ending = listener.UnbindAsync(TestContext.Current.CancellationToken).AsTask();
        var next = listener.AcceptAsync(TestContext.Current.CancellationToken).AsTask();
        var pause = await time.Pause.WaitAsync(Patience, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(address));
        Assert.False(ending.IsCompleted || next.IsCompleted);
        time.Advance(pause);
        await ending.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Null(await next.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.InRange(pause.TotalMilliseconds, 10, 100);
    }

    private static async Task<Socket> ConnectAsync(EndPoint address)
    {
        var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await caller.ConnectAsync(address, TestContext.Current.CancellationToken);
        return caller;
    }

    // Says when somebody begins to wait for a time.
    private sealed class WatchedTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource<TimeSpan> pause = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TimeSpan> Pause => pause.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                pause.TrySetResult(dueTime);
            }

            return timer;
        }
    }
}
