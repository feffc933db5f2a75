using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProbeAgent.Serving;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Tests.Serving;

public sealed class ConnectionGuardTests : IDisposable
{
    private const int OfOneSource = 32;
    private const int Places = 128;

    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(10);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> callers = [];
    private readonly FakeTimeProvider time = new();
    private readonly ConnectionGuard guard;

    public ConnectionGuardTests()
    {
        listener.Start(backlog: 256);
        guard = new ConnectionGuard(new AgentMetrics(AgentVersion.Current), time, NullLogger<ConnectionGuard>.Instance);
    }

    public void Dispose()
    {
        guard.Dispose();
        listener.Dispose();
        callers.ForEach(caller => caller.Dispose());
    }

    [Fact]
    public async Task TryEnter_WhereTheOldestHeadLiesUnread_EndsTheNextOne()
    {
        var (oldest, first) = await EnterAsync();
        var (_, second) = await EnterAsync();
        await EnterAsync(OfOneSource - 2);
        await oldest.SendAsync("GET /livez HTTP/1.1\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await EnterAsync();
        time.Advance(Grace);

        var (_, newcomer) = await EnterAsync();

        Assert.Equal((false, true, false), (first.HasLeft, second.HasLeft, newcomer.HasLeft));
    }

    [Fact]
    public async Task TryEnter_WhereTheOldestWasJustAnswered_EndsTheNextOne()
    {
        var (_, first) = await EnterAsync();
        first.BeginAnswer();
        Assert.True(first.TryWaitForAnother());
        var (_, second) = await EnterAsync();
        await EnterAsync(OfOneSource - 2);
        time.Advance(Grace);

        await EnterAsync();
        Assert.Equal((false, true), (first.HasLeft, second.HasLeft));

        time.Advance(TimeSpan.FromSeconds(1));
        await EnterAsync();
        Assert.True(first.HasLeft);
    }

    [Fact]
    public async Task TryEnter_WhereTheOthersHaveJustCome_LetsThemSendAHeadFirst()
    {
        var slots = await EnterAsync(OfOneSource);

        var (_, newcomer) = await EnterAsync();
        Assert.All(slots, slot => Assert.False(slot.HasLeft));

        time.Advance(Grace);
        Assert.Equal((true, false, false), (slots[0].HasLeft, slots[1].HasLeft, newcomer.HasLeft));
    }

    [Fact]
    public async Task TryEnter_WhereAllPlacesAreTaken_TakesOneOfTheSourceThatHasTooMany()
    {
        var (_, other) = await EnterAsync(from: "127.0.0.2");
        var slots = await EnterAsync(Places - 1);
        Assert.Null(guard.TryEnter((await ConnectAsync("127.0.0.3")).Socket));

        time.Advance(Grace);

        Assert.False(other.HasLeft);
        Assert.Equal(OfOneSource, slots.Count(slot => !slot.HasLeft));
    }

    [Fact]
    public async Task TryWaitForAnother_WhereManyAnswersEndAtOnce_KeepsHalfOfTheSourcesPlaces()
    {
        var slots = await EnterAsync(OfOneSource);
        slots.ForEach(slot => slot.BeginAnswer());

        var kept = slots.Count(slot => slot.TryWaitForAnother());

        Assert.Equal(OfOneSource / 2, kept);
    }

    [Fact]
    public async Task AHead_ThatDoesNotComeWithin5Seconds_EndsTheConnection()
    {
        var (_, early) = await EnterAsync();
        time.Advance(TimeSpan.FromSeconds(3));
        var (_, late) = await EnterAsync();

        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((true, false), (early.HasLeft, late.HasLeft));

        time.Advance(TimeSpan.FromSeconds(3));
        Assert.True(late.HasLeft);
    }

    [Fact]
    public async Task AHead_ThatLiesUnreadAfter5Seconds_KeepsItsConnection()
    {
        var (caller, slot) = await EnterAsync();
        await caller.SendAsync("GET /livez HTTP/1.1\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var (_, silent) = await EnterAsync();

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((false, true), (slot.HasLeft, silent.HasLeft));
    }

    [Fact]
    public async Task TryEnter_WhereAnAnswerIsNotTaken_EndsThatConnection()
    {
        var (_, taken) = await EnterAsync();
        taken.BeginAnswer();
        taken.WaitForEnd();
        var (_, socket) = await ConnectAsync("127.0.0.1");
        var untaken = Assert.IsType<ConnectionSlot>(guard.TryEnter(socket));
        untaken.BeginAnswer();
        Fill(socket);
        untaken.WaitForEnd();
        foreach (var slot in await EnterAsync(Places - 2))
        {
            slot.BeginAnswer();
        }

        time.Advance(Grace);
        await EnterAsync();

        Assert.Equal((false, true), (taken.HasLeft, untaken.HasLeft));
    }

    // Until the kernel takes no more, also when it has carried some of it over to the caller's side.
    private static void Fill(Socket socket)
    {
        var answer = new byte[64 * 1024];
        while (socket.Poll(TimeSpan.FromMilliseconds(100), SelectMode.SelectWrite))
        {
            socket.Send(answer, 0, answer.Length, SocketFlags.None, out _);
        }
    }

    private async Task<List<ConnectionSlot>> EnterAsync(int count)
    {
        var slots = new List<ConnectionSlot>();
        for (var entered = 0; entered < count; entered++)
        {
            slots.Add((await EnterAsync()).Slot);
        }

        return slots;
    }

    private async Task<(Socket Caller, ConnectionSlot Slot)> EnterAsync(string from = "127.0.0.1")
    {
        var (caller, socket) = await ConnectAsync(from);
        return (caller, Assert.IsType<ConnectionSlot>(guard.TryEnter(socket)));
    }

    private async Task<(Socket Caller, Socket Socket)> ConnectAsync(string from)
    {
        var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        callers.Add(caller);
        caller.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await caller.ConnectAsync(listener.LocalEndpoint, TestContext.Current.CancellationToken);
        var socket = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        callers.Add(socket);
        socket.Blocking = false;
        return (caller, socket);
    }
}
