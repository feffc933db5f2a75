using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ProbeAgent.Probing;
using ProbeAgent.Tests.Probing.Wire;

namespace ProbeAgent.Tests.Probing;

/// <summary>HTTPS checks of apps that choose HTTP/2.</summary>
public sealed class Http2Tests
{
    private const int InternalError = 2;
    private const int RefusedStream = 7;

    private static readonly X509Certificate2 Certificate = TestAuthority.SelfSigned("other.example.com");

    /// <summary>The library lets it through as it is, where the block ends while the question is being sent.</summary>
    [Fact]
    public void IsOfTheApp_ForHeadersThatEndInTheMiddleOfOne_IsTrue()
    {
        var type = typeof(HttpClient).Assembly.GetType("System.Net.Http.HPack.HPackDecodingException", throwOnError: true)!;
        var exception = Assert.IsType<Exception>(Activator.CreateInstance(type, "Incomplete header block received."), exactMatch: false);

        Assert.True(HttpFailure.IsOfTheApp(exception));
    }

    [Fact]
    public async Task Attempt_OfAServerThatSpeaksHttp2_AsksAsTheKubelet()
    {
        await using var server = await Http2Server.StartAsync(Certificate);
        var target = Asker.Https(server.Port) with
        {
            Headers = [new("x-one", "ä"), new("Content-Type", "text/x-test"), new("Host", "web.example.com")],
            KeepsBody = true,
        };

        var result = await Asker.AskAsync(target);

        Assert.True(result.Succeeded, result.Message);
        Assert.Equal("HTTP/2 https GET /status", server.Seen);
        Assert.Equal(
            ["accept: */*", "content-length: 0", "content-type: text/x-test", "host: web.example.com", "user-agent: kube-probe/1.36", "x-one: ä"],
            server.Headers);
        Assert.Equal("well", System.Text.Encoding.UTF8.GetString(result.Body!.Value.Span));
        Assert.Equal("text/x-answer", result.BodyContentType);
    }

    [Fact]
    public async Task Attempt_WhereTheAnswerIs503_IsABadStatus()
    {
        await using var app = App(async peer => await peer.SendHeadersAsync(true, ":status: 503"));

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal((Reason.BadStatus, 503), (result.Reason, result.StatusCode));
        Assert.NotNull(result.Phases.FirstByte);
    }

    [Fact]
    public async Task GoAway_IsAskedAgainByUsAlone()
    {
        await using var app = App(peer => peer.GoAwayAsync(0, 0));

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal((Reason.ConnectionReset, true), (result.Reason, result.MayAskAgain));
        Assert.Equal(1, app.Connections);
    }

    [Fact]
    public async Task RefusedStream_IsAskedAgainByUsAlone()
    {
        await using var app = App(peer => peer.ResetStreamAsync(RefusedStream));

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal((Reason.ConnectionReset, true), (result.Reason, result.MayAskAgain));
        Assert.Contains("turned the request away unprocessed", result.Message, StringComparison.Ordinal);
        Assert.Equal(1, app.Connections);
    }

    [Fact]
    public async Task ResetStream_IsAProtocolErrorThatNamesIt()
    {
        await using var app = App(peer => peer.ResetStreamAsync(InternalError));

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal((Reason.ProtocolError, false), (result.Reason, result.MayAskAgain));
        Assert.Contains("the exchange ended with the HTTP/2 error INTERNAL_ERROR", result.Message, StringComparison.Ordinal);
        Assert.Equal(1, app.Connections);
    }

    [Fact]
    public async Task ResetStream_InTheBody_IsAProtocolErrorThatNamesIt()
    {
        await using var app = App(async peer =>
        {
            await peer.SendHeadersAsync(false, ":status: 200");
            await peer.ResetStreamAsync(InternalError);
        });

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal((Reason.ProtocolError, false), (result.Reason, result.MayAskAgain));
        Assert.Contains("INTERNAL_ERROR", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HangUp_AfterTheSettings_IsNoAnswerAndMayBeAskedAgain()
    {
        await using var app = App(_ => Task.CompletedTask, leaves: true);

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal((Reason.ConnectionReset, true), (result.Reason, result.MayAskAgain));
        Assert.Equal(1, app.Connections);
    }

    [Fact]
    public async Task HangUp_InTheBody_IsAProtocolError()
    {
        await using var app = App(peer => peer.SendHeadersAsync(false, ":status: 200"), leaves: true);

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal((Reason.ProtocolError, false), (result.Reason, result.MayAskAgain));
    }

    [Fact]
    public async Task Garbage_IsAProtocolError()
    {
        await using var app = App(peer => peer.SendAsync(Http2Peer.Headers, Http2Peer.EndHeaders, 1, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]));

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal((Reason.ProtocolError, false), (result.Reason, result.MayAskAgain));
    }

    private static FakeApp App(Func<Http2Peer, Task> answer, bool leaves = false) => new(async (socket, end) =>
    {
        var secured = new SslStream(new NetworkStream(socket));
        await secured.AuthenticateAsServerAsync(Play.Server(Certificate, SslApplicationProtocol.Http2), end);
        var peer = new Http2Peer(secured, end);
        await peer.ReceiveRequestAsync();
        await answer(peer);
        if (leaves)
        {
            await secured.ShutdownAsync();
            socket.Shutdown(SocketShutdown.Send);
        }

        await peer.UntilLeftAsync();
    });
}
