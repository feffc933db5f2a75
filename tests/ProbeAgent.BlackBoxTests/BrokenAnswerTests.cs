using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>What is not a whole HTTP answer gets its reason, 502, and is not waited for.</summary>
[Collection("alone")]
public sealed class BrokenAnswerTests(PodFixture fixture) : IClassFixture<PodFixture>
{
    private const string Start = "HTTP/1.1 200 OK\r\n";
    private const string Chunked = Start + "Transfer-Encoding: chunked\r\n\r\n";

    private static readonly Dictionary<string, AppScript> BrokenApps = new()
    {
        ["resets"] = AppScripts.Reset,
        ["closes without a byte"] = AppScripts.Close,
        ["resets in the status line"] = AppScripts.SendThenReset("HTTP/1.1 2"),
        ["resets in the body"] = AppScripts.SendThenReset(Start + "Content-Length: 100\r\n\r\nsome"),
        ["closes in the status line"] = AppScripts.SendThenFinish("HTTP/1.1 2"),
        ["closes in the headers"] = AppScripts.SendThenFinish(Start + "Content-Le"),
        ["closes in the body"] = AppScripts.SendThenFinish(Start + "Content-Length: 100\r\n\r\nsome"),
        ["closes in a chunk"] = AppScripts.SendThenFinish(Chunked + "64\r\nsome"),
        ["closes before the last chunk"] = AppScripts.SendThenFinish(Chunked + "4\r\nbody\r\n"),
        ["sends a chunk size that is no number"] = AppScripts.SendThenFinish(Chunked + "zz\r\nbody\r\n0\r\n\r\n"),
        ["sends a chunk longer than it says"] = AppScripts.SendThenFinish(Chunked + "2\r\nbody\r\n0\r\n\r\n"),
        ["greets like SSH"] = AppScripts.SendThenFinish("SSH-2.0-OpenSSH_9.2\r\n"),
        ["talks TLS"] = AppScripts.SendThenFinish("\u0015\u0003\u0003\0\u0002\u0002\u0028"),
        ["talks HTTP/2"] = AppScripts.SendThenFinish("\0\0\u0012\u0004\0\0\0\0\0\0\u0003\0\0\0\u0064\0\u0004\0\u0010\0\0\0\u0006\0\u0001\0\0"),
        ["sends bytes without a line"] = AppScripts.SendThenFinish(new string('\u00ff', 5000)),
        ["has no number for a status"] = AppScripts.SendThenFinish("HTTP/1.1 OK 200\r\n\r\n"),
        ["has a header without a colon"] = AppScripts.SendThenFinish(Start + "no colon here\r\n\r\n"),
        ["sends one huge header"] = AppScripts.Endless(Start + "X-Huge: ", "x"),
        ["sends headers for ever"] = AppScripts.Endless(Start, "X-More: 1\r\n"),
        ["sends a status line for ever"] = AppScripts.Endless("HTTP/1.1 200 ", "x"),
    };

    private Pod Pod => fixture.Pod;

    [Theory]
    [InlineData("resets", "connection_reset")]
    [InlineData("closes without a byte", "connection_reset")]
    [InlineData("resets in the status line", "connection_reset")]
    [InlineData("resets in the body", "connection_reset")]
    [InlineData("closes in the status line", "protocol_error")]
    [InlineData("closes in the headers", "protocol_error")]
    [InlineData("closes in the body", "protocol_error")]
    [InlineData("closes in a chunk", "protocol_error")]
    [InlineData("closes before the last chunk", "protocol_error")]
    [InlineData("sends a chunk size that is no number", "protocol_error")]
    [InlineData("sends a chunk longer than it says", "protocol_error")]
    [InlineData("greets like SSH", "protocol_error")]
    [InlineData("talks TLS", "protocol_error")]
    [InlineData("talks HTTP/2", "protocol_error")]
    [InlineData("sends bytes without a line", "protocol_error")]
    [InlineData("has no number for a status", "protocol_error")]
    [InlineData("has a header without a colon", "protocol_error")]
    [InlineData("sends one huge header", "protocol_error")]
    [InlineData("sends headers for ever", "protocol_error")]
    [InlineData("sends a status line for ever", "protocol_error")]
    public async Task It_is_502_with_its_reason_where_the_app(string app, string reason)
    {
        Pod.App.Script = BrokenApps[app];

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal((502, $"[-]app failed: {reason}\nlivez check failed\n"), (answer.Code, answer.Body));
        Assert.InRange(answer.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(0.8));
    }

    [Fact]
    public async Task An_endless_body_is_read_to_10_KiB_and_is_a_success()
    {
        Pod.App.Script = AppScripts.Endless(Start + "\r\n", "x");

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        Assert.NotEqual(VisitEnd.ByApp, await Pod.App.LastVisit.Ended);
    }

    [Fact]
    public async Task A_body_of_a_megabyte_is_a_success()
    {
        Pod.App.Script = AppScripts.Send(Start + "Content-Length: 1048576\r\n\r\n" + new string('x', 1 << 20));

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal(200, answer.Code);
    }

    [Theory]
    [InlineData("HTTP/1.0 200 OK\r\n\r\nbody")]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;ext=1\r\nbody\r\n0\r\nX-Trailer: 1\r\n\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 4\r\n\r\nbody")]
    public async Task A_plain_but_unusual_answer_is_a_success(string bytes)
    {
        Pod.App.Script = AppScripts.SendThenFinish(bytes);

        var answer = await Pod.GetAsync("/livez");

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
    }
}
