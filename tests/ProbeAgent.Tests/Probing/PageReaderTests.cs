using System.Net;
using ProbeAgent.Probing;
using ProbeAgent.Tests.Probing.Wire;

namespace ProbeAgent.Tests.Probing;

public sealed class PageReaderTests
{
    [Fact]
    public async Task Read_AnAnswer_HasItsStatusHeadersAndBody()
    {
        await using var app = new FakeApp(Play.Answer("HTTP/1.1 503 No\r\nServer: envoy\r\nX-Powered-By: kuma-dp\r\nContent-Length: 4\r\n\r\nbusy"));

        var page = await ReadAsync(app.Port);

        Assert.Equal((503, "envoy", "kuma-dp"), (page.StatusCode, page.Server, page.PoweredBy));
        Assert.Equal("busy"u8.ToArray(), page.Body.ToArray());
        Assert.StartsWith($"GET http://127.0.0.1:{app.Port}/status answered 503 after ", page.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ARedirect_IsNotFollowed()
    {
        await using var app = new FakeApp(Play.Answer("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"));

        var page = await ReadAsync(app.Port);

        Assert.Equal((302, 1), (page.StatusCode, app.Connections));
    }

    [Fact]
    public async Task Read_AHugeBody_StopsAt10KiB()
    {
        await using var app = new FakeApp(Play.Answer("HTTP/1.1 200 OK\r\n\r\n" + new string('x', 1 << 20)));

        var page = await ReadAsync(app.Port);

        Assert.Equal((200, 10 * 1024), (page.StatusCode, page.Body.Length));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nok", "not complete within 200 ms")]
    [InlineData("", "no answer within 200 ms")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n", "not HTTP")]
    public async Task Read_WithoutAWholeAnswer_HasNoStatus(string sent, string phrase)
    {
        await using var app = new FakeApp(Play.Answer(sent));

        var page = await ReadAsync(app.Port, TimeSpan.FromMilliseconds(200));

        Assert.Null(page.StatusCode);
        Assert.Contains(phrase, page.Message, StringComparison.Ordinal);
    }

    private static async Task<Page> ReadAsync(int port, TimeSpan? budget = null)
    {
        using var deadline = new Deadline(budget ?? Asker.Budget, TimeProvider.System, CancellationToken.None);
        var reader = new PageReader(Asker.Http(port), new PodConnector(Asker.Loopback), TimeProvider.System);
        return await reader.ReadAsync(new Question(IPAddress.Loopback, "probe-agent/1", deadline), CancellationToken.None);
    }
}
