using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using ProbeAgent.Probing;
using ProbeAgent.Tests.Probing.Wire;

namespace ProbeAgent.Tests.Probing;

/// <summary>Until a request has left, the time is the agent's: it may stand still just before that.</summary>
public sealed class RequestOnItsWayTests : IDisposable
{
    private static readonly byte[] Request = "GET /status HTTP/1.1\r\n\r\n"u8.ToArray();

    private readonly SocketPair pair = new();
    private readonly ArrivalClock clock;
    private readonly Deadline deadline;
    private readonly Exchange exchange;
    private readonly HttpTraffic traffic;

    public RequestOnItsWayTests()
    {
        clock = new ArrivalClock(pair.App);
        deadline = new Deadline(Asker.Budget, clock, CancellationToken.None);
        exchange = new Exchange(new Question(IPAddress.Loopback, "", deadline), "GET", 1, clock);
        traffic = new HttpTraffic(exchange);
        traffic.SpeaksHttp1();
    }

    [Fact]
    public async Task Plain_UntilItHasArrived_TheTimeIsOurs()
    {
        await using var stream = new ExchangeStream(pair.Agent, exchange, traffic);

        await SendAsync(stream);

        Assert.True(deadline.Turns.Sum().Own > ArrivalClock.Standstill / 2);
    }

    [Fact]
    public async Task Secured_UntilItHasArrived_TheTimeIsOurs()
    {
        await using var stream = new TlsStream(new SocketStream(pair.Agent, exchange), traffic);
        await using var app = new SslStream(new NetworkStream(pair.App));
        await Task.WhenAll(
            app.AuthenticateAsServerAsync(Play.Server(TestAuthority.SelfSigned("app")), TestContext.Current.CancellationToken),
            TlsHandshake.ForHttp(null, null, TimeProvider.System).DoAsync(stream, "app", exchange, TestContext.Current.CancellationToken));

        await SendAsync(stream);

        Assert.True(deadline.Turns.Sum().Own > ArrivalClock.Standstill / 2);
    }

    public void Dispose()
    {
        deadline.Dispose();
        pair.Dispose();
    }

    private async Task SendAsync(Stream stream)
    {
        deadline.Turns.OweRequest();
        clock.IsWatching = true;
        await stream.WriteAsync(Request, TestContext.Current.CancellationToken);
    }

    // The process stood still just before the bytes arrived.
    private sealed class ArrivalClock(Socket app) : TimeProvider
    {
        public static TimeSpan Standstill { get; } = TimeSpan.FromSeconds(0.5);

        public bool IsWatching { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => IsWatching && app.Available > 0 ? Standstill.Ticks : 0;
    }
}
