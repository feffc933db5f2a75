using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using ProbeAgent.Probing;
using ProbeAgent.Tests.Probing.Wire;

namespace ProbeAgent.Tests.Probing;

public sealed class TlsHelloTests
{
#pragma warning disable CA5398 // That one version alone is spoken is what is tested.
    [Theory]
    [InlineData(SslProtocols.None)]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
#pragma warning restore CA5398
    public async Task IsAnswered_ByAnAppThatSpeaksTls_InWhicheverVersion(SslProtocols version)
    {
        using var certificate = TestAuthority.SelfSigned("127.0.0.1");
        var options = Play.Server(certificate);
        options.EnabledSslProtocols = version;
        await using var app = new FakeApp(async (socket, end) =>
        {
            using var secured = new SslStream(new NetworkStream(socket));
            await secured.AuthenticateAsServerAsync(options, end);
        });

        Assert.True(await IsAnsweredAsync(app.Port));
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("")]
    [InlineData("\u0016")]
    [InlineData("SSH-2.0-x\r\n")]
    public async Task IsAnswered_ByAnythingElse_IsFalse(string says)
    {
        await using var app = new FakeApp(async (socket, end) =>
        {
            await socket.ReceiveAsync(new byte[4096], end);
            await socket.SendAsync(Encoding.Latin1.GetBytes(says), end);
            socket.Shutdown(SocketShutdown.Send);
            await Play.UntilLeftAsync(new NetworkStream(socket), end);
        });

        Assert.False(await IsAnsweredAsync(app.Port));
    }

    [Fact]
    public async Task IsAnswered_ByAReset_IsFalse()
    {
        await using var app = new FakeApp(Play.ResetAsync);

        Assert.False(await IsAnsweredAsync(app.Port));
    }

    [Fact]
    public async Task IsAnswered_WhereNobodyListens_IsFalse() => Assert.False(await IsAnsweredAsync(FakeApp.ClosedPort()));

    private static Task<bool> IsAnsweredAsync(int port) => TlsHello.IsAnsweredAsync(
        new PodConnector(Asker.Loopback), IPAddress.Loopback, port, TestContext.Current.CancellationToken);
}
