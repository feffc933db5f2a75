using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests.Cases;

/// <summary>Apps that speak no TLS where TLS is asked for, break it off, or speak it in ways of their own.</summary>
internal static class TlsCases
{
    private const string NotSecure = "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // A key is dear to make: one for all cases that want one of RSA.
    private static readonly X509Certificate2 Rsa = TlsFaces.Certificate(RSA.Create(2048), -Day, Day);
    private static readonly Answer Good = Answer.Whole("HTTP/1.1 200 OK");
    private static readonly Answer Hello = Answer.Unasked.ThenReadClientHello();
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    // Level and description of an alert (RFC 8446, section 6).
    private static readonly (string Name, byte Level, byte Description)[] Alerts =
    [
        ("close-notify", 1, 0),
        ("warning", 1, 112),
        ("handshake-failure", 2, 40),
        ("protocol-version", 2, 70),
        ("internal-error", 2, 80),
        ("unrecognized-name", 2, 112),
        ("no-application-protocol", 2, 120),
    ];

    // Suites of TLS 1.2 by the kind of certificate that they need.
    private static readonly (string Name, TlsCipherSuite Suite, bool IsRsa)[] Suites =
    [
        ("ecdsa-gcm", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, false),
        ("ecdsa-chacha", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, false),
        ("ecdsa-cbc", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, false),
        ("rsa-gcm", TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, true),
        ("rsa-cbc", TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, true),
        ("rsa-cbc-sha256", TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, true),
        ("rsa-key-exchange", TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256, true),
        ("finite-field", TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, true),
    ];

    public static IReadOnlyList<ParityCase> All { get; } =
    [
        .. NoTls(),
        .. BrokenOff(),
        .. Certificates(),
        .. Suites.Select(one => Face($"suite-{one.Name}", TlsFaces.With(one.Suite, one.IsRsa ? Rsa : Curve(-Day, Day)))),
        .. Protocols(),
        .. Inside(),
    ];

    private static IEnumerable<ParityCase> NoTls() =>
    [
        new("tls/plain-http-200", Good),
        new("tls/plain-http-400", Answer.Of(NotSecure)),
        new("tls/plain-http-503", Answer.Whole("HTTP/1.1 503 No", "no")),
        new("tls/plain-http-200-unasked", Answer.Unasked.Then("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")),
        new("tls/http-2-settings", Answer.Unasked.Then(Http2.Settings).ThenStall()),
        new("tls/ssh", Answer.Unasked.Then("SSH-2.0-OpenSSH_9.2\r\n").ThenStall()),
        new("tls/zeros", Hello.Then(new byte[64]).ThenStall()),
        new("tls/flood", Hello.ThenEndlessly(new string('x', 1024))),
    ];

    private static IEnumerable<ParityCase> BrokenOff() =>
    [
        new("tls/end-at-once", Answer.Unasked),
        new("tls/reset-at-once", Answer.Unasked.ThenReset()),
        new("tls/silence-at-once", Answer.Unasked.ThenStall()),
        new("tls/end-after-hello", Hello),
        new("tls/reset-after-hello", Hello.ThenReset()),
        new("tls/silence-after-hello", Hello.ThenStall()),
        new("tls/refused", (_, _) => Answer.Nothing, PortState.Refusing),
        new("tls/never-accepted", (_, _) => Answer.Nothing, PortState.Full),
        new("tls/end-in-record-head", Hello.Then(new byte[] { 22, 3 })),
        new("tls/end-in-record", Hello.Then(new byte[] { 22, 3, 3, 0, 100, 2, 0 })),
        new("tls/silence-in-record", Hello.Then(new byte[] { 22, 3, 3, 0, 100, 2, 0 }).ThenStall()),
        new("tls/reset-in-record", Hello.Then(new byte[] { 22, 3, 3, 0, 100, 2, 0 }).ThenReset()),
        new("tls/server-hello-garbage", Hello.Then(new byte[] { 22, 3, 3, 0, 4, 2, 0, 0, 0 }).ThenStall()),
        new("tls/record-too-long", Hello.Then(new byte[] { 22, 3, 3, 255, 255, 2, 0, 0, 0 }).ThenStall()),
        new("tls/record-dripping", Hello.Then(new byte[] { 22, 3, 3, 16, 0, 2 }).ThenDrip(new string('x', 1000), Soon)),
        .. Alerts.SelectMany(one => new[]
        {
            new ParityCase($"tls/alert-{one.Name}", Hello.Then(Alert(one.Level, one.Description))),
            new ParityCase($"tls/alert-{one.Name}-then-silence", Hello.Then(Alert(one.Level, one.Description)).ThenStall()),
        }),
    ];

    private static IEnumerable<ParityCase> Certificates() =>
    [
        Face("certificate-self-signed", TlsFaces.Http1()),
        Face("certificate-expired", TlsFaces.Of(Curve(-2 * Day, -Day))),
        Face("certificate-not-yet-valid", TlsFaces.Of(Curve(Day, 2 * Day))),
        Face("certificate-of-another-name", TlsFaces.Of(Curve(-Day, Day, "other.example"))),
        Face("certificate-of-many-names", TlsFaces.Of(Curve(-Day, Day, [.. Enumerable.Range(0, 200).Select(one => $"n{one}.example")]))),
        Face("certificate-rsa-2048", TlsFaces.Of(Rsa)),
        Face("certificate-rsa-3072", TlsFaces.Of(TlsFaces.Certificate(RSA.Create(3072), -Day, Day))),
        Face("certificate-p-384", TlsFaces.Of(Curve(ECCurve.NamedCurves.nistP384))),
        Face("certificate-p-521", TlsFaces.Of(Curve(ECCurve.NamedCurves.nistP521))),
        Face("client-certificate-wanted", TlsFaces.AskingForCertificates(goesOn: true)),
        Face("client-certificate-needed", TlsFaces.AskingForCertificates(goesOn: false)),
    ];

    private static IEnumerable<ParityCase> Protocols() =>
    [
        Face("version-1.2", TlsFaces.InTls12()),
        Face("version-1.3", TlsFaces.InTls13()),
        Face("alpn-none", TlsFaces.Speaking()),
        Face("alpn-http1", TlsFaces.Speaking(SslApplicationProtocol.Http11)),
        Face("alpn-unknown-only", TlsFaces.Speaking(new SslApplicationProtocol("istio"))),
        Face("alpn-unknown-first", TlsFaces.Speaking(new SslApplicationProtocol("istio"), SslApplicationProtocol.Http11)),
        Face("alpn-h2-but-http1-spoken", TlsFaces.Http2()),
        new("tls/alpn-http1-but-h2-spoken", Answer.Unasked.Then(Http2.Settings).ThenStall()) { Tls = TlsFaces.Http1() },
        new("tls/alpn-none-but-h2-spoken", Answer.Unasked.Then(Http2.Settings).ThenStall()) { Tls = TlsFaces.Speaking() },
        new("tls/alpn-h2", Http2.Asked.Then(Http2.LastHeaders(":status: 200"))) { Tls = TlsFaces.Http2() },
    ];

    private static IEnumerable<ParityCase> Inside()
    {
        var untilEnd = Answer.Of("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nok");
        var announced = Answer.Of("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok");
        return
        [
            Said("end-unasked", Answer.Unasked),
            Said("cut-unasked", Answer.Unasked.ThenCut()),
            Said("reset-unasked", Answer.Unasked.ThenReset()),
            Said("end-before-answer", Answer.Nothing),
            Said("cut-before-answer", Answer.Nothing.ThenCut()),
            Said("reset-before-answer", Answer.Nothing.ThenReset()),
            Said("silence-before-answer", Answer.Nothing.ThenStall()),
            Said("end-in-status-line", Answer.Of("HTTP/1.1 20")),
            Said("cut-in-status-line", Answer.Of("HTTP/1.1 20").ThenCut()),
            Said("until-end", untilEnd),
            Said("until-end-cut", untilEnd.ThenCut()),
            Said("until-end-reset", untilEnd.ThenReset()),
            Said("until-end-stall", untilEnd.ThenStall()),
            Said("length-end", announced),
            Said("length-cut", announced.ThenCut()),
            Said("length-reset", announced.ThenReset()),
            Said("whole-cut", Good.ThenCut()),
            Said("whole-stall", Good.ThenStall()),
            Said("garbage", Answer.Of("nonsense")),
        ];
    }

    private static ParityCase Said(string name, Answer answer) => new($"tls/inside-{name}", answer) { Tls = TlsFaces.Http1() };

    private static ParityCase Face(string name, SslServerAuthenticationOptions face) => new($"tls/{name}", Good) { Tls = face };

    private static byte[] Alert(byte level, byte description) => [21, 3, 3, 0, 2, level, description];

    private static X509Certificate2 Curve(TimeSpan notBefore, TimeSpan notAfter, params string[] names) =>
        TlsFaces.Certificate(ECDsa.Create(ECCurve.NamedCurves.nistP256), notBefore, notAfter, names);

    private static X509Certificate2 Curve(ECCurve curve) => TlsFaces.Certificate(ECDsa.Create(curve), -Day, Day);
}
