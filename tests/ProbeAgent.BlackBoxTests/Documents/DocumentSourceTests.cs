using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Documents;

/// <summary>Where the document comes from, and which source wins.</summary>
public sealed class DocumentSourceTests
{
    [Theory]
    [InlineData("PROBEAGENT_CONFIG", "")]
    [InlineData("PROBEAGENT_CONFIG_YAML", "")]
    [InlineData("", "--config")]
    [InlineData("", "--config-yaml")]
    public async Task The_same_document_comes_from_a_file_inline_or_by_option(string variable, string option)
    {
        await using var app = FakeApp.Start(AppScripts.Well);
        var document = $"checks:\n- name: web\n  container: box\n  httpGet: {{ port: {app.Port}, path: /x }}\n";
        using var file = new TemporaryFile(document, ".yaml");
        var value = (variable + option).EndsWith("yaml", StringComparison.OrdinalIgnoreCase) ? document : file.Path;
        (string, string)[] environment = variable.Length > 0 ? [(variable, value)] : [];

        await using var agent = AgentProcess.Launch(option.Length > 0 ? ["run", option, value] : [], environment);
        await agent.WaitForOutputAsync("listening on");

        Assert.Equal(200, (await Probe.GetAsync(agent, "/app-health/box/livez")).Code);
        Assert.Equal("/x", Assert.Single(app.Visits).Target);
    }

    [Fact]
    public async Task JSON_is_a_document_as_well()
    {
        await using var app = FakeApp.Start(AppScripts.Well);
        await using var agent = await AgentProcess.StartAsync(
            ("PROBEAGENT_CONFIG_YAML", $$$"""{"checks": [{"name": "web", "tcpSocket": {"port": {{{app.Port}}}}}], "detail": "full"}"""));

        Assert.Equal(200, (await Probe.GetAsync(agent, "/livez/web")).Code);
    }

    [Fact]
    public async Task Both_documents_at_once_are_a_mistake()
    {
        const string Document = "checks: [{ name: web, tcpSocket: { port: 80 } }]";
        using var file = new TemporaryFile(Document, ".yaml");

        var run = await AgentRun.OfAsync([], ("PROBEAGENT_CONFIG", file.Path), ("PROBEAGENT_CONFIG_YAML", Document));

        Assert.Equal(2, run.ExitCode);
        Assert.All(
            ["PROBEAGENT_CONFIG", "PROBEAGENT_CONFIG_YAML"], name => Assert.Contains(name, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_target_takes_the_place_of_the_documents_checks_with_a_warning_that_names_both()
    {
        await using var target = FakeApp.Start(AppScripts.Well);
        await using var pod = await DocumentPod.StartAsync(
            ["web"],
            "checks: [{ name: web, httpGet: { port: $web } }]",
            ("PROBEAGENT_TARGET", $":{target.Port}/status"),
            ("PROBEAGENT_DRAIN_SECONDS", "0"));

        Assert.Equal(200, (await pod.GetAsync("/livez/app")).Code);
        Assert.Equal(404, (await pod.GetAsync("/livez/web")).Code);
        Assert.Empty(pod["web"].Visits);
        var warning = Assert.Single(
            await pod.EndAndFindAsync(" warn "), line => line.Contains("PROBEAGENT_TARGET", StringComparison.Ordinal));
        Assert.Contains("PROBEAGENT_CONFIG_YAML", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_beats_the_document_and_an_option_both()
    {
        await using var app = FakeApp.Start(AppScripts.Status(500));
        var document = $$"""
            detail: full
            log: { level: debug, format: json }
            drain: { maxSeconds: 100 }
            checks: [{ name: web, httpGet: { port: {{app.Port}} }, maxAgeSeconds: 0 }]
            """;
        await using var agent = AgentProcess.Launch(
            ["run", "--detail", "reason"],
            ("PROBEAGENT_CONFIG_YAML", document),
            ("PROBEAGENT_DETAIL", "full"),
            ("PROBEAGENT_LOG_FORMAT", "text"),
            ("PROBEAGENT_DRAIN_SECONDS", "0"));
        await agent.WaitForOutputAsync("listening on");

        var answer = await Probe.GetAsync(agent, "/livez");
        agent.Signal("TERM");

        Assert.Equal(0, await agent.WaitForExitAsync());
        Assert.Equal("[-]web failed: bad_status\nlivez check failed\n", answer.Body);
        Assert.Matches("(?m)^\\S+Z debug .*", agent.Output);
    }

    [Fact]
    public async Task The_documents_own_values_hold_where_nothing_else_names_them()
    {
        await using var app = FakeApp.Start(AppScripts.Status(500));
        await using var agent = AgentProcess.Launch(
            [],
            ("PROBEAGENT_CONFIG_YAML", $$"""
                detail: full
                drain: { maxSeconds: 0 }
                checks: [{ name: web, httpGet: { port: {{app.Port}}, path: /deep } }]
                """));
        await agent.WaitForOutputAsync("listening on");

        var answer = await Probe.GetAsync(agent, "/livez");
        agent.Signal("TERM");

        Assert.StartsWith("[-]web failed: bad_status: ", answer.Body, StringComparison.Ordinal);
        Assert.Contains("/deep", answer.Body, StringComparison.Ordinal);
        Assert.Equal(0, await agent.WaitForExitAsync());
    }

    [Theory]
    [InlineData("checks: []")]
    [InlineData("detail: full")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task A_document_without_anything_to_ask_is_a_mistake(string document)
    {
        var run = await AgentRun.OfAsync([], ("PROBEAGENT_CONFIG_YAML", document));

        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.ErrorLines);
    }

    [Fact]
    public async Task All_mistakes_of_a_document_are_told_at_once_each_with_its_place()
    {
        var run = await AgentRun.OfAsync(
            [],
            ("PROBEAGENT_CONFIG_YAML", """
                checks:
                  - name: web
                    httpGet: { port: http }
                  - name: Web
                    tcpSocket: { port: 80 }
                    timeoutSeconds: 0
                detial: full
                """));

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            ["3:22", "4:11", "6:21", "7:1"],
            run.ErrorLines.Select(line => string.Join(':', line.Split(':')[2..4])));
        Assert.All(run.ErrorLines, line => Assert.StartsWith("probe-agent: PROBEAGENT_CONFIG_YAML:", line, StringComparison.Ordinal));
        Assert.Matches("checks\\[0\\]\\.httpGet\\.port is .*'http'.*1 to 65535", run.ErrorLines[0]);
        Assert.Contains("did you mean 'detail'?", run.ErrorLines[3], StringComparison.Ordinal);
    }
}
