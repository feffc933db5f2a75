namespace ProbeAgent.BlackBoxTests.Tls;

/// <summary>A <c>caFile</c> that cannot be used is refused at the start with a sentence, not met at the first probe.</summary>
public sealed class CaFileMistakeTests
{
    [Theory]
    [InlineData("httpGet: { scheme: HTTPS, port: 8443, caFile: FILE }")]
    [InlineData("grpc: { tls: true, port: 9090, caFile: FILE }")]
    public async Task One_that_is_not_there_is_named(string kind)
    {
        var missing = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.crt");

        var line = await AssertRefusedAsync(kind, missing);

        Assert.Contains(missing, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing of the kind")]
    [InlineData("-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIGpW\n-----END PRIVATE KEY-----\n")]
    public async Task One_without_a_certificate_is_named(string content)
    {
        using var file = new TemporaryFile(content, ".crt");

        var line = await AssertRefusedAsync("httpGet: { scheme: HTTPS, port: 8443, caFile: FILE }", file.Path);

        Assert.Contains(file.Path, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_none() =>
        await AssertRefusedAsync("httpGet: { scheme: HTTPS, port: 8443, caFile: FILE }", Path.GetTempPath());

    [Theory]
    [InlineData("httpGet: { port: 8080, caFile: FILE }", "HTTPS")]
    [InlineData("httpGet: { scheme: HTTP, port: 8080, caFile: FILE }", "HTTPS")]
    [InlineData("grpc: { port: 9090, caFile: FILE }", "tls: true")]
    [InlineData("grpc: { port: 9090, tls: false, caFile: FILE }", "tls: true")]
    public async Task Without_TLS_it_has_no_meaning(string kind, string cure)
    {
        using var authority = new TestAuthority("Right Authority");
        using var file = new TemporaryFile(authority.Pem, ".crt");

        var line = await AssertRefusedAsync(kind, file.Path);

        Assert.Contains(cure, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_only_warns_of_one_that_is_not_there_as_it_may_run_elsewhere()
    {
        using var document = new TemporaryFile(
            """
            checks:
              - name: app
                httpGet: { scheme: HTTPS, port: 8443, caFile: /etc/no-such-folder/ca.crt }
            """,
            ".yaml");

        var run = await AgentRun.OfAsync(["validate", document.Path]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("/etc/no-such-folder/ca.crt", run.Error, StringComparison.Ordinal);
        Assert.Contains("/etc/no-such-folder/ca.crt", run.Output, StringComparison.Ordinal);
    }

    private static async Task<string> AssertRefusedAsync(string kind, string path)
    {
        var run = await AgentRun.OfAsync(
            [],
            ("PROBEAGENT_CONFIG_YAML", $"checks:\n  - name: app\n    {kind.Replace("FILE", $"'{path}'", StringComparison.Ordinal)}\n"));

        Assert.Equal(2, run.ExitCode);
        var line = Assert.Single(run.ErrorLines);
        Assert.Matches("^probe-agent: PROBEAGENT_CONFIG_YAML:3:[0-9]+: checks\\[0\\]\\.(httpGet|grpc)\\.caFile ", line);
        return line;
    }
}
