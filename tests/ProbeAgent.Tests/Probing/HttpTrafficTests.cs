using System.Net;
using ProbeAgent.Probing;
using ProbeAgent.Tests.Probing.Wire;

namespace ProbeAgent.Tests.Probing;

/// <summary>What goes out over one connection: a single request, in a head of our own where that is given.</summary>
public sealed class HttpTrafficTests
{
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();
    private static readonly byte[] Settings = [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1];
    private static readonly byte[] RequestWithData = [0, 0, 3, 1, 4, 0, 0, 0, 1, 1, 1, 1];
    private static readonly byte[] Request = [0, 0, 3, 1, 5, 0, 0, 0, 1, 1, 1, 1];

    // In the data stand bytes that would be the head of a request.
    private static readonly byte[] Data = [0, 0, 9, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5, 0, 0, 0, 3];

    [Fact]
    public void Request_ByHttp2_IsWholeWithItsLastFrame_Once()
    {
        using var deadline = new Deadline(Asker.Budget, TimeProvider.System, CancellationToken.None);
        var traffic = new HttpTraffic(new Exchange(new Question(IPAddress.Loopback, "", deadline), "GET", 1, TimeProvider.System));

        Assert.Equal([false, false, false, true, false], new[] { Preface, Settings, RequestWithData, Data, Settings }.Select(bytes => traffic.Send(bytes)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void SecondRequest_ByHttp2_IsNotSent_HoweverItIsCut(int piece)
    {
        using var deadline = new Deadline(Asker.Budget, TimeProvider.System, CancellationToken.None);
        var exchange = new Exchange(new Question(IPAddress.Loopback, "", deadline), "GET", 1, TimeProvider.System);
        var traffic = new HttpTraffic(exchange);
        foreach (var sent in new[] { Preface, Settings, Request, Data, Settings }.SelectMany(bytes => bytes).Chunk(piece))
        {
            traffic.Send(sent);
        }

        Assert.False(exchange.IsTurnedAway);
        Assert.Throws<IOException>(() => traffic.Send(Request));
        Assert.True(exchange.IsTurnedAway);
    }
}
