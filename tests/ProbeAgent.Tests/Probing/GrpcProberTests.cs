using System.Net.Sockets;
using ProbeAgent.Probing;
using ProbeAgent.Tests.Probing.Wire;

namespace ProbeAgent.Tests.Probing;

/// <summary>How a gRPC check asks, and what becomes of its connection.</summary>
public sealed class GrpcProberTests
{
    private const int RefusedStream = 7;

    [Fact]
    public async Task Serving_IsASuccess()
    {
        await using var server = await Http2Server.StartAsync(answer: context => GrpcApp.AnswerAsync(context, GrpcApp.Serving));

        var result = await GrpcApp.AskAsync(server.Port, "my.Service");

        Assert.Equal(Outcome.Success, result.Outcome);
        Assert.Null(result.StatusCode);
        Assert.StartsWith($"gRPC 127.0.0.1:{server.Port} service \"my.Service\" answered SERVING, after ", result.Message, StringComparison.Ordinal);
        Assert.NotNull(result.Phases.Connect);
        Assert.NotNull(result.Phases.FirstByte);
        Assert.NotNull(result.Phases.Body);
        Assert.Null(result.Phases.Tls);
    }

    [Fact]
    public async Task Request_IsTheKubelets()
    {
        var body = new MemoryStream();
        await using var server = await Http2Server.StartAsync(answer: async context =>
        {
            await context.Request.Body.CopyToAsync(body);
            await GrpcApp.AnswerAsync(context, GrpcApp.Serving);
        });

        await GrpcApp.AskAsync(server.Port, "abc");

        Assert.Equal("HTTP/2 http POST /grpc.health.v1.Health/Check", server.Seen);
        Assert.Equal(
            ["content-length: 10", "content-type: application/grpc", "host: 127.0.0.1:" + server.PortText, "te: trailers", "user-agent: kube-probe/1.36"],
            server.Headers.Where(header => !header.StartsWith("grpc-timeout: ", StringComparison.Ordinal)));
        Assert.Matches("^grpc-timeout: (10000|9[0-9]{3})m$", server.Headers.Single(header => header.StartsWith("grpc-timeout", StringComparison.Ordinal)));
        Assert.Equal([0, 0, 0, 0, 5, 0x0a, 3, .. "abc"u8], body.ToArray());
    }

    [Fact]
    public async Task Timeout_OfTheApp_IsNotShorterForWhatTheAgentTook()
    {
        await using var server = await Http2Server.StartAsync(answer: context => GrpcApp.AnswerAsync(context, GrpcApp.Serving));

        await GrpcApp.AskAsync(server.Port, time: new StrikingClock(TimeSpan.FromSeconds(0.3)));

        Assert.Matches("^grpc-timeout: (10000|9[0-9]{3})m$", server.Headers.Single(header => header.StartsWith("grpc-timeout", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task OverTls_ItIsSpokenByAlpn()
    {
        var authority = TestAuthority.Create();
        await using var server = await Http2Server.StartAsync(authority.Issue(["127.0.0.1"]), context => GrpcApp.AnswerAsync(context, GrpcApp.Serving));

        var result = await GrpcApp.AskTlsAsync(server.Port, new Authorities("/etc/ca.crt", [authority.Certificate]));

        Assert.True(result.Succeeded, result.Message);
        Assert.Equal("HTTP/2 https POST /grpc.health.v1.Health/Check", server.Seen);
        Assert.NotNull(result.Phases.Tls);
    }

    [Fact]
    public async Task OverTls_WithABadCertificate_IsATlsError()
    {
        await using var server = await Http2Server.StartAsync(TestAuthority.SelfSigned("127.0.0.1"), context => GrpcApp.AnswerAsync(context, GrpcApp.Serving));

        var result = await GrpcApp.AskTlsAsync(server.Port, new Authorities("/etc/ca.crt", [TestAuthority.Create().Certificate]));

        Assert.Equal(Reason.TlsError, result.Reason);
        Assert.Contains("its certificate is self-signed, and not in /etc/ca.crt", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OverTls_WhereHttp2IsNotChosen_IsAProtocolError()
    {
        await using var app = new FakeApp(Play.SecureAnswer(Play.Server(TestAuthority.SelfSigned("127.0.0.1")), Play.Ok));

        var result = await GrpcApp.AskTlsAsync(app.Port, null);

        Assert.Equal(Reason.ProtocolError, result.Reason);
        Assert.Contains("did not choose HTTP/2 in the TLS handshake (ALPN)", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_MayBeAskedAgain()
    {
        var result = await GrpcApp.AskAsync(FakeApp.ClosedPort());

        Assert.Equal((Reason.ConnectionRefused, true), (result.Reason, result.MayAskAgain));
    }

    [Fact]
    public async Task Reset_MayBeAskedAgain()
    {
        await using var app = new FakeApp(Play.ResetAsync);

        var result = await GrpcApp.AskAsync(app.Port);

        Assert.Equal((Reason.ConnectionReset, true), (result.Reason, result.MayAskAgain));
        Assert.Equal(1, app.Connections);
    }

    [Fact]
    public async Task RefusedStream_IsAskedAgainByUsAlone()
    {
        await using var app = GrpcApp.Start(peer => peer.ResetStreamAsync(RefusedStream));

        var result = await GrpcApp.AskAsync(app.Port);

        Assert.Equal((Reason.ConnectionReset, true), (result.Reason, result.MayAskAgain));
        Assert.Equal(1, app.Connections);
    }

    [Fact]
    public async Task GoAway_IsAskedAgainByUsAlone()
    {
        await using var app = GrpcApp.Start(peer => peer.GoAwayAsync(0, 0));

        var result = await GrpcApp.AskAsync(app.Port);

        Assert.Equal((Reason.ConnectionReset, true), (result.Reason, result.MayAskAgain));
        Assert.Equal(1, app.Connections);
    }

    [Fact]
    public async Task ResetStream_IsAProtocolErrorThatNamesIt()
    {
        await using var app = GrpcApp.Start(peer => peer.ResetStreamAsync(8));

        var result = await GrpcApp.AskAsync(app.Port);

        Assert.Equal((Reason.ProtocolError, false), (result.Reason, result.MayAskAgain));
        Assert.Contains("the exchange ended with the HTTP/2 error CANCEL", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "the app speaks HTTP/1 there, not HTTP/2")]
    [InlineData("\u0015\u0003\u0003\u0000\u0002\u0002\u0028", "the app speaks TLS there, not plain HTTP")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "the app speaks something else there than HTTP/2")]
    public async Task AnswerOfAnotherProtocol_IsAProtocolErrorThatSaysSo(string answer, string phrase)
    {
        await using var app = new FakeApp(async (socket, end) =>
        {
            await socket.SendAsync(System.Text.Encoding.Latin1.GetBytes(answer), end);
            socket.Shutdown(SocketShutdown.Send);
            await Play.UntilLeftAsync(new NetworkStream(socket), end);
        });

        var result = await GrpcApp.AskAsync(app.Port);

        Assert.Equal((Reason.ProtocolError, false), (result.Reason, result.MayAskAgain));
        Assert.Contains(phrase, result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silence_IsAResponseTimeout(bool afterTheHead)
    {
        var time = new SteadyClock();
        var silent = new TaskCompletionSource();
        await using var app = GrpcApp.Start(async peer =>
        {
            if (afterTheHead)
            {
                await peer.SendHeadersAsync(false, GrpcApp.Head, GrpcApp.Type);
            }

            silent.SetResult();
        });

        var attempt = GrpcApp.AskAsync(app.Port, time: time);
        await silent.Task;
        time.Advance(Asker.Budget);
        time.Advance(Asker.LastPass);
        var result = await attempt;

        Assert.Equal(Reason.ResponseTimeout, result.Reason);
    }

    [Fact]
    public async Task CallerGone_EndsTheAttempt()
    {
        using var stopping = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        await using var app = GrpcApp.Start(_ =>
        {
            asked.SetResult();
            return Task.CompletedTask;
        });

        var attempt = Asker.AskUntilAsync(GrpcApp.Prober(new GrpcTarget(Asker.Loopback, app.Port, "")), TimeProvider.System, stopping.Token);
        await asked.Task;
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt);
    }

    [Fact]
    public async Task Ipv6_IsFoundByAuto()
    {
        await using var app = GrpcApp.Start(peer => GrpcApp.AnswerAsync(peer, GrpcApp.Serving), System.Net.IPAddress.IPv6Loopback);

        var result = await Asker.AskAsync(GrpcApp.Prober(new GrpcTarget(TargetHost.Auto, app.Port, "")));

        Assert.True(result.Succeeded, result.Message);
        Assert.StartsWith($"gRPC 10.0.0.7:{app.Port} answered SERVING", result.Message, StringComparison.Ordinal);
    }
}
