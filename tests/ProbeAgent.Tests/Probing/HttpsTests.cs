using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ProbeAgent.Probing;
using ProbeAgent.Tests.Probing.Wire;

namespace ProbeAgent.Tests.Probing;

public sealed class HttpsTests
{
    private static readonly X509Certificate2 Certificate = TestAuthority.SelfSigned("other.example.com");
    private static readonly byte[] HandshakeFailure = [0x15, 3, 3, 0, 2, 2, 40];

    [Fact]
    public async Task Attempt_WithoutAuthorities_LooksAtNoCertificate()
    {
        await using var app = new FakeApp(Play.SecureAnswer(Play.Server(Certificate), Play.Ok));

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal((Outcome.Success, 200), (result.Outcome, result.StatusCode));
        Assert.StartsWith($"GET https://127.0.0.1:{app.Port}/status answered 200 after ", result.Message, StringComparison.Ordinal);
        Assert.NotNull(result.Phases.Tls);
        Assert.NotNull(result.Phases.FirstByte);
    }

    [Fact]
    public async Task Attempt_WhereTheAppChoosesHttp11_SpeaksIt()
    {
        var head = "";
        await using var app = new FakeApp(
            Play.SecureAnswer(Play.Server(Certificate, SslApplicationProtocol.Http11), Play.Ok, received => head = received));

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.True(result.Succeeded, result.Message);
        Assert.Equal(
            $"GET /status HTTP/1.1\r\nHost: 127.0.0.1:{app.Port}\r\nUser-Agent: kube-probe/1.36\r\nAccept: */*\r\nConnection: close\r\n\r\n", head);
    }

    [Theory]
    [InlineData(true, null, "localhost")]
    [InlineData(false, null, "")]
    [InlineData(true, "web.example.com", "localhost")]
    [InlineData(false, "web.example.com", "")]
    public async Task Sni_IsTheDialledName_NeverAHostHeader(bool isNamed, string? hostHeader, string expected)
    {
        string? seen = null;
        await using var app = new FakeApp(async (socket, end) =>
        {
            var secured = new SslStream(new NetworkStream(socket));
            await secured.AuthenticateAsServerAsync(
                (_, hello, _, _) =>
                {
                    seen = hello.ServerName;
                    return ValueTask.FromResult(Play.Server(Certificate));
                },
                null,
                end);
            await Play.ReadHeadAsync(secured, end);
            await secured.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), end);
            await Play.UntilLeftAsync(secured, end);
        });
        var target = Asker.Https(app.Port, isNamed ? Asker.Localhost : Asker.Loopback) with
        {
            Headers = hostHeader is null ? [] : [new("Host", hostHeader)],
        };

        var result = await Asker.AskAsync(target);

        Assert.True(result.Succeeded, result.Message);
        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task Close_IsAReset()
    {
        var exit = new TaskCompletionSource<SocketError>();
        await using var app = new FakeApp(async (socket, end) =>
        {
            try
            {
                await Play.SecureAnswer(Play.Server(Certificate), Play.Ok)(socket, end);
                exit.SetResult(SocketError.Success);
            }
            catch (IOException exception) when (exception.InnerException is SocketException inner)
            {
                exit.SetResult(inner.SocketErrorCode);
            }
        });

        await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal(SocketError.ConnectionReset, await exit.Task);
    }

    [Fact]
    public async Task Attempt_OnIpv6_Works()
    {
        await using var app = new FakeApp(Play.SecureAnswer(Play.Server(Certificate), Play.Ok), System.Net.IPAddress.IPv6Loopback);

        var result = await Asker.AskAsync(Asker.Https(app.Port, TargetHost.Auto));

        Assert.True(result.Succeeded, result.Message);
    }

    [Fact]
    public async Task Handshake_ThatHangs_IsAResponseTimeoutThatSaysTls()
    {
        var time = new SteadyClock();
        var asked = new TaskCompletionSource();
        await using var app = new FakeApp(async (socket, end) =>
        {
            await socket.ReceiveAsync(new byte[1], end);
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, end);
        });

        var attempt = Asker.AskAsync(Asker.Https(app.Port), time);
        await asked.Task;
        time.Advance(Asker.Budget);
        time.Advance(Asker.LastPass);
        var result = await attempt;

        Assert.Equal(Reason.ResponseTimeout, result.Reason);
        Assert.Contains("but the TLS handshake was not done within 10 s", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_ThatIsReset_IsAConnectionResetAndMayBeAskedAgain()
    {
        await using var app = new FakeApp(Play.ResetAsync);

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal((Reason.ConnectionReset, true), (result.Reason, result.MayAskAgain));
        Assert.Contains("reset the connection in the TLS handshake", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_ThatIsHungUpOn_IsAConnectionResetAndMayBeAskedAgain()
    {
        await using var app = new FakeApp(Play.HangUpAsync);

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal((Reason.ConnectionReset, true), (result.Reason, result.MayAskAgain));
        Assert.Contains("closed the connection in the TLS handshake", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "the app speaks plain HTTP there, not TLS")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "the app answered something that is not TLS")]
    public async Task Handshake_AnsweredInPlain_IsATlsErrorThatSaysSo(string answer, string phrase)
    {
        await using var app = new FakeApp(Play.Say(System.Text.Encoding.Latin1.GetBytes(answer)));

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal((Reason.TlsError, false), (result.Reason, result.MayAskAgain));
        Assert.Contains(phrase, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_AnsweredByAnAlert_IsATlsErrorAndNotAskedAgain()
    {
        await using var app = new FakeApp(Play.Say(HandshakeFailure));

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal((Reason.TlsError, false), (result.Reason, result.MayAskAgain));
        Assert.Contains("handshake failure", result.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(42)]
    [InlineData(116)]
    public async Task Handshake_WhereTheAppWantsOurCertificate_SaysSo(byte alert)
    {
        await using var app = new FakeApp(Play.Say([0x15, 3, 3, 0, 2, 2, alert]));

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal(Reason.TlsError, result.Reason);
        Assert.Contains("the app asks for a client certificate, and a probe has none", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("HTTP/1.1 200 OK\r\n", false)]
    public async Task Reset_AfterTheHandshake_CountsDecryptedBytes(string sent, bool mayAskAgain)
    {
        await using var app = new FakeApp(async (socket, end) =>
        {
            var secured = new SslStream(new NetworkStream(socket));
            await secured.AuthenticateAsServerAsync(Play.Server(Certificate), end);
            await Play.ReadHeadAsync(secured, end);
            await secured.WriteAsync(System.Text.Encoding.Latin1.GetBytes(sent), end);
            socket.Close(0);
        });

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal((Reason.ConnectionReset, mayAskAgain), (result.Reason, result.MayAskAgain));
        Assert.Equal(1, app.Connections);
    }

    [Fact]
    public async Task HangUp_AfterTheHandshake_MayBeAskedAgain()
    {
        await using var app = new FakeApp(async (socket, end) =>
        {
            var secured = new SslStream(new NetworkStream(socket));
            await secured.AuthenticateAsServerAsync(Play.Server(Certificate), end);
            await Play.ReadHeadAsync(secured, end);
            await secured.ShutdownAsync();
            await Play.UntilLeftAsync(secured, end);
        });

        var result = await Asker.AskAsync(Asker.Https(app.Port));

        Assert.Equal((Reason.ConnectionReset, true), (result.Reason, result.MayAskAgain));
        Assert.Equal(1, app.Connections);
    }

    [Fact]
    public async Task Plain_WhereTlsIsSpoken_SaysSo()
    {
        await using var app = new FakeApp(async (socket, end) =>
        {
            await socket.ReceiveAsync(new byte[4096], end);
            await socket.SendAsync(HandshakeFailure, end);
        });

        var result = await Asker.AskAsync(Asker.Http(app.Port));

        Assert.Equal(Reason.ProtocolError, result.Reason);
        Assert.Contains("the app speaks TLS there, not plain HTTP", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_FromPlainToTls_IsFollowed()
    {
        await using var secure = new FakeApp(Play.SecureAnswer(Play.Server(Certificate), Play.Ok));
        await using var plain = new FakeApp(
            Play.Answer($"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:{secure.Port}/\r\nContent-Length: 0\r\n\r\n"));

        var result = await Asker.AskAsync(Asker.Http(plain.Port));

        Assert.True(result.Succeeded, result.Message);
        Assert.Contains($"redirected to https://127.0.0.1:{secure.Port}/, answered 200", result.Message, StringComparison.Ordinal);
    }
}
