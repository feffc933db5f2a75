using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ProbeAgent.Probing;
using ProbeAgent.Tests.Probing.Wire;

namespace ProbeAgent.Tests.Probing;

/// <summary>What a caFile makes of certificates, and what is said of a bad one. The app is dialled at 127.0.0.1.</summary>
public sealed class CertificateTests
{
    private static readonly TestAuthority Authority = TestAuthority.Create();

    private static string Yesterday => Day(-1);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.7")]
    public async Task Certificate_ForTheAddressDialledOrForThatOfThePod_IsBelieved(string name)
    {
        var result = await AskAsync(Authority.Issue([name]), TargetHost.Auto);

        Assert.True(result.Succeeded, result.Message);
    }

    [Fact]
    public async Task Certificate_ForTheConfiguredHost_IsBelieved()
    {
        var result = await AskAsync(Authority.Issue(["*.example.com"]), hostHeader: "web.example.com:8443");

        Assert.True(result.Succeeded, result.Message);
    }

    [Fact]
    public async Task Certificate_ForTheDialledName_IsBelieved()
    {
        var result = await AskAsync(Authority.Issue(["localhost"]), Asker.Localhost);

        Assert.True(result.Succeeded, result.Message);
    }

    [Fact]
    public async Task Certificate_OfAnotherName_IsNot()
    {
        var result = await AskAsync(Authority.Issue(["web.example.com", "10.9.8.7"]));

        AssertFault("is for web.example.com, 10.9.8.7, not for 127.0.0.1", result);
    }

    [Fact]
    public async Task Certificate_OfAnotherName_NamesAllThatWereAsked()
    {
        var result = await AskAsync(Authority.Issue(["a.example.com"]), TargetHost.Auto, "web.example.com");

        AssertFault("is for a.example.com, not for web.example.com or 10.0.0.7", result);
    }

    [Fact]
    public async Task Certificate_WithACommonNameOnly_IsForNobody()
    {
        var result = await AskAsync(Authority.Issue([]), hostHeader: "common.example.com");

        AssertFault("is for nobody (it has no SAN, and its common name is not looked at), not for common.example.com or 127.0.0.1", result);
    }

    [Fact]
    public async Task Certificate_ThatIsExpired_SaysWhen()
    {
        var result = await AskAsync(Authority.Issue(["127.0.0.1"], TestAuthority.Now.AddDays(-2), TestAuthority.Now.AddDays(-1)));

        AssertFault($"expired on {Yesterday}", result);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Certificate_OfOneOfTwoAuthoritiesWithOneName_IsBelievedInEitherOrder(bool isOldFirst)
    {
        var old = TestAuthority.WithoutKeyIdentifier().Certificate;
        var renewed = TestAuthority.WithoutKeyIdentifier();

        var result = await AskAsync(
            renewed.Issue(["127.0.0.1"]),
            authorities: isOldFirst ? [old, renewed.Certificate] : [renewed.Certificate, old]);

        Assert.True(result.Succeeded, result.Message);
    }

    [Fact]
    public async Task Certificate_OfANamesakeOfTwoAuthorities_IsNot()
    {
        var result = await AskAsync(
            TestAuthority.WithoutKeyIdentifier().Issue(["127.0.0.1"]),
            authorities: [TestAuthority.WithoutKeyIdentifier().Certificate, TestAuthority.WithoutKeyIdentifier().Certificate]);

        Assert.Equal(Reason.TlsError, result.Reason);
    }

    [Fact]
    public async Task Certificate_OfTheFuture_SaysWhen()
    {
        var result = await AskAsync(Authority.Issue(["127.0.0.1"], TestAuthority.Now.AddDays(1), TestAuthority.Now.AddDays(2)));

        AssertFault($"is not valid before {Day(1)}", result);
    }

    [Fact]
    public async Task Certificate_OfAnUnknownAuthority_NamesItAndTheFile()
    {
        var result = await AskAsync(TestAuthority.Create("CN=Stranger").Issue(["127.0.0.1"]));

        AssertFault("is signed by \"CN=Stranger\", which is not in /etc/ca.crt", result);
    }

    [Fact]
    public async Task Certificate_OfAnotherAuthorityOfTheSameName_SaysSo()
    {
        var result = await AskAsync(TestAuthority.Create().Issue(["127.0.0.1"]));

        AssertFault("is signed by another \"CN=Test CA\" than the one in /etc/ca.crt", result);
    }

    [Fact]
    public async Task Certificate_SelfSigned_SaysSo()
    {
        var result = await AskAsync(TestAuthority.SelfSigned("127.0.0.1"));

        AssertFault("is self-signed, and not in /etc/ca.crt", result);
    }

    [Fact]
    public async Task Certificate_SelfSignedAndInTheFile_IsBelieved()
    {
        var certificate = TestAuthority.SelfSigned("127.0.0.1");

        var result = await AskAsync(certificate, authorities: [certificate]);

        Assert.True(result.Succeeded, result.Message);
    }

    [Fact]
    public async Task Certificate_NotMeantForServers_SaysSo()
    {
        var result = await AskAsync(Authority.Issue(["127.0.0.1"], use: "1.3.6.1.5.5.7.3.2"));

        AssertFault("is not meant for a server", result);
    }

    [Fact]
    public async Task Certificate_WrongInAllWays_SaysAllOfIt()
    {
        var stranger = TestAuthority.Create("CN=Stranger");

        var result = await AskAsync(stranger.Issue(["a.example.com"], TestAuthority.Now.AddDays(-2), TestAuthority.Now.AddDays(-1)));

        AssertFault(
            $"expired on {Yesterday}, is for a.example.com, not for 127.0.0.1, and is signed by \"CN=Stranger\", which is not in /etc/ca.crt",
            result);
    }

    [Fact]
    public async Task Chain_ByAnIntermediateOfTheHandshake_IsBelieved()
    {
        var middle = Authority.Below("CN=Middle");

        var result = await AskAsync(middle.Issue(["127.0.0.1"]), sent: [middle.Certificate]);

        Assert.True(result.Succeeded, result.Message);
    }

    [Fact]
    public async Task Chain_WhoseIntermediateIsTheAuthority_IsBelieved()
    {
        var middle = TestAuthority.Create("CN=Unknown root").Below("CN=Middle");

        var result = await AskAsync(middle.Issue(["127.0.0.1"]), sent: [middle.Certificate], authorities: [middle.Certificate]);

        Assert.True(result.Succeeded, result.Message);
    }

    [Fact]
    public async Task Chain_WithAForgedSignatureUnderAnAuthority_IsNotBelieved()
    {
        var middle = TestAuthority.Create("CN=Unknown root").Below("CN=Middle");
        var forger = TestAuthority.Create("CN=Middle");

        var result = await AskAsync(
            forger.Issue(["127.0.0.1"], like: middle.Certificate), sent: [middle.Certificate], authorities: [middle.Certificate]);

        AssertFault("has a signature that is not by \"CN=Middle\"", result);
    }

    [Fact]
    public async Task Chain_WithoutItsIntermediate_NamesIt()
    {
        var middle = Authority.Below("CN=Middle");

        var result = await AskAsync(middle.Issue(["127.0.0.1"]));

        AssertFault("is signed by \"CN=Middle\", which is not in /etc/ca.crt", result);
    }

    [Fact]
    public async Task Chain_OfAServersCertificateAsAuthority_IsNotBelieved()
    {
        var server = TestAuthority.Of(Authority.Issue([]));

        var result = await AskAsync(server.Issue(["127.0.0.1"]), sent: [server.Certificate]);

        AssertFault("is signed by \"CN=common.example.com\", whose own is not that of an authority", result);
    }

    [Fact]
    public async Task Authority_ThatIsExpired_SaysSo()
    {
        var expired = TestAuthority.Create("CN=Old CA", isExpired: true);

        var result = await AskAsync(
            expired.Issue(["127.0.0.1"], TestAuthority.Now.AddDays(-3)), authorities: [expired.Certificate]);

        AssertFault($"is signed by \"CN=Old CA\", whose own expired on {Day(-2)}", result);
    }

    [Fact]
    public async Task Redirect_ToTlsUnderACaFile_IsVerified()
    {
        await using var other = new FakeApp(Play.SecureAnswer(Play.Server(TestAuthority.SelfSigned("127.0.0.1")), Play.Ok));
        await using var app = new FakeApp(Play.SecureAnswer(
            Play.Server(Authority.Issue(["127.0.0.1"])),
            $"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:{other.Port}/\r\nContent-Length: 0\r\n\r\n"));

        var result = await Asker.AskAsync(Asker.Https(app.Port) with { Authorities = new Authorities("/etc/ca.crt", [Authority.Certificate]) });

        AssertFault("is self-signed, and not in /etc/ca.crt", result);
    }

    private static async Task<AttemptResult> AskAsync(
        X509Certificate2 certificate,
        TargetHost? host = null,
        string? hostHeader = null,
        X509Certificate2Collection? sent = null,
        X509Certificate2Collection? authorities = null)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, sent, offline: true),
        };
        await using var app = new FakeApp(Play.SecureAnswer(options, Play.Ok));
        return await Asker.AskAsync(Asker.Https(app.Port, host) with
        {
            Authorities = new Authorities("/etc/ca.crt", authorities ?? [Authority.Certificate]),
            Headers = hostHeader is null ? [] : [new("Host", hostHeader)],
        });
    }

    private static void AssertFault(string fault, AttemptResult result)
    {
        Assert.Equal(Reason.TlsError, result.Reason);
        var begin = result.Message.IndexOf("its certificate ", StringComparison.Ordinal);
        Assert.Equal($"its certificate {fault}", result.Message[begin..result.Message.IndexOf(" (TLS failed after ", StringComparison.Ordinal)]);
        Assert.False(result.MayAskAgain);
    }

    private static string Day(int days) =>
        TestAuthority.Now.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
