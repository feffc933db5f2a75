using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Tls;

/// <summary>With a <c>caFile</c> the app's certificate is verified, and what is wrong with it is said.</summary>
public sealed class CaFileTests : IDisposable
{
    private static readonly DateTimeOffset Past = TestAuthority.Now.AddDays(-5);
    private static readonly DateTimeOffset Future = TestAuthority.Now.AddDays(5);

    private readonly TestAuthority authority = new("Right Authority");
    private readonly TestAuthority stranger = new("Strange Authority");
    private readonly TemporaryFile caFile;

    public CaFileTests() => caFile = new TemporaryFile(authority.Pem, ".crt");

    public static TheoryData<string, string> Faults => new()
    {
        { "expired", $"expired on {Past.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" },
        { "not yet valid", Future.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
        { "of another name", "web\\.example\\.com" },
        { "of no name", "name" },
        { "of a stranger", "Strange Authority" },
        { "self-signed", "self-signed" },
        { "expired and of another name", "expired on .*web\\.example\\.com|web\\.example\\.com.*expired on " },
    };

    [Theory]
    [InlineData("good", "httpGet", "")]
    [InlineData("for localhost", "httpGet", "host: localhost, ")]
    [InlineData("of another name", "httpGet", "httpHeaders: [{ name: Host, value: web.example.com }], ")]
    [InlineData("of another name", "httpGet", "httpHeaders: [{ name: Host, value: 'web.example.com:8443' }], ")]
    [InlineData("good", "grpc", "")]
    public async Task A_certificate_of_the_authority_for_the_right_name_is_well(string certificate, string kind, string keys)
    {
        using var shown = Certificate(certificate);
        await using var app = Http2App.Start(kind == "grpc" ? Http2Scripts.Serving : Http2Scripts.Page(200), shown);

        var run = await AgentRun.OfAsync(["check", "app"], ("PROBEAGENT_CONFIG_YAML", Document(kind, app.Port, caFile, keys)));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Single(app.Calls);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Check_says_what_is_wrong_with_the_certificate(string certificate, string words)
    {
        using var shown = Certificate(certificate);
        await using var app = HttpsApp.Start(shown);

        var run = await AgentRun.OfAsync(["check"], ("PROBEAGENT_CONFIG_YAML", Document("httpGet", app.Port, caFile)));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("tls_error", run.Output, StringComparison.Ordinal);
        Assert.Matches(words, run.Output);
        Assert.All(app.TakeReceived(), request => Assert.Equal("", request.Head));
    }

    [Theory]
    [InlineData("expired", "Strange Authority|self-signed|web\\.example\\.com|not in ")]
    [InlineData("of another name", "expired|self-signed|not in ")]
    [InlineData("of a stranger", "expired|web\\.example\\.com")]
    public async Task Check_says_nothing_else(string certificate, string words)
    {
        using var shown = Certificate(certificate);
        await using var app = HttpsApp.Start(shown);

        var run = await AgentRun.OfAsync(["check"], ("PROBEAGENT_CONFIG_YAML", Document("httpGet", app.Port, caFile)));

        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotMatch(words, run.Output);
    }

    [Theory]
    [InlineData("expired", "expired on ")]
    [InlineData("of a stranger", "Strange Authority")]
    public async Task The_log_says_it_and_the_network_hears_the_reason_only(string certificate, string words)
    {
        using var shown = Certificate(certificate);
        await using var app = HttpsApp.Start(shown);
        await using var agent = await AgentProcess.StartAsync(
            ("PROBEAGENT_CONFIG_YAML", Document("httpGet", app.Port, caFile)));

        var answer = await Probe.GetAsync(agent, "/livez?verbose");

        Assert.Equal((502, "[-]app failed: tls_error\nlivez check failed\n"), (answer.Code, answer.Body));
        Assert.Matches($" warn Check \"app\" is down \\(tls_error\\): .*{words}", await agent.WaitForOutputAsync("is down"));
        Trace.AssertNone(agent.Output);
    }

    [Theory]
    [InlineData("expired", "expired on ")]
    [InlineData("self-signed", "self-signed")]
    [InlineData("of another name", "web\\.example\\.com")]
    public async Task GRPC_over_TLS_is_verified_as_well(string certificate, string words)
    {
        using var shown = Certificate(certificate);
        await using var app = Http2App.Start(Http2Scripts.Serving, shown);

        var run = await AgentRun.OfAsync(["check"], ("PROBEAGENT_CONFIG_YAML", Document("grpc", app.Port, caFile)));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("tls_error", run.Output, StringComparison.Ordinal);
        Assert.Matches(words, run.Output);
        Assert.Empty(app.Calls);
    }

    [Fact]
    public async Task A_caFile_may_hold_several_certificates()
    {
        using var bundle = new TemporaryFile("the first\n" + stranger.Pem + "\nthe second\n" + authority.Pem, ".crt");
        using var shown = Certificate("good");
        await using var app = HttpsApp.Start(shown);

        var run = await AgentRun.OfAsync(["check"], ("PROBEAGENT_CONFIG_YAML", Document("httpGet", app.Port, bundle)));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task A_self_signed_certificate_that_is_the_caFile_is_well()
    {
        using var shown = Certificate("self-signed");
        using var itself = new TemporaryFile(shown.ExportCertificatePem(), ".crt");
        await using var app = HttpsApp.Start(shown);

        var run = await AgentRun.OfAsync(["check"], ("PROBEAGENT_CONFIG_YAML", Document("httpGet", app.Port, itself)));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task It_is_read_once_at_the_start()
    {
        using var file = new TemporaryFile(authority.Pem, ".crt");
        using var shown = Certificate("good");
        await using var app = HttpsApp.Start(shown);
        await using var agent = await AgentProcess.StartAsync(("PROBEAGENT_CONFIG_YAML", Document("httpGet", app.Port, file)));

        await File.WriteAllTextAsync(file.Path, "nothing any more", TestContext.Current.CancellationToken);

        Assert.Equal(200, (await Probe.GetAsync(agent, "/livez")).Code);
    }

    public void Dispose()
    {
        caFile.Dispose();
        authority.Dispose();
        stranger.Dispose();
    }

    private static string Document(string kind, int port, TemporaryFile ca, string keys = "") => $$"""
        checks:
          - name: app
            timeoutSeconds: 10
            {{kind}}: { {{(kind == "grpc" ? "tls: true" : "scheme: HTTPS")}}, {{keys}}port: {{port}}, caFile: '{{ca.Path}}' }
        """;

    private X509Certificate2 Certificate(string kind) => kind switch
    {
        "good" => authority.Issue("127.0.0.1"),
        "for localhost" => authority.Issue("localhost"),
        "expired" => authority.Issue(Past.AddDays(-5), Past, "127.0.0.1"),
        "not yet valid" => authority.Issue(Future, Future.AddDays(5), "127.0.0.1"),
        "of another name" => authority.Issue("web.example.com"),
        "of no name" => authority.Issue(),
        "of a stranger" => stranger.Issue("127.0.0.1"),
        "self-signed" => TestAuthority.SelfSigned("127.0.0.1"),
        "expired and of another name" => authority.Issue(Past.AddDays(-5), Past, "web.example.com"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such certificate."),
    };
}
