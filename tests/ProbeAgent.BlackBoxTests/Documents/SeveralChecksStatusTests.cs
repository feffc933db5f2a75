using System.Text.Json;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests.Documents;

/// <summary>What those inside the pod are told of several checks: <c>status</c>, <c>/status.json</c>, the page, <c>check NAME</c>.</summary>
public sealed class SeveralChecksStatusTests
{
    private const string Document = """
        checks:
          - { name: web, httpGet: { port: $web, path: /web-page }, maxAgeSeconds: 0 }
          - { name: cache, container: store, httpGet: { port: $cache, path: /cache-page }, maxAgeSeconds: 0 }
          - { name: idle, probes: [startup], tcpSocket: { port: $idle } }
        """;

    [Fact]
    public async Task Status_json_has_every_check_and_fails_where_one_does()
    {
        await using var pod = await StartAsync();
        await pod.GetAsync("/livez");
        var mixed = await StatusJsonAsync(pod, 200);
        await pod.GetAsync("/startupz");
        var well = await StatusJsonAsync(pod, 200);
        pod["cache"].Script = AppScripts.Status(503);
        await pod.GetAsync("/livez");
        var failed = await StatusJsonAsync(pod, 503);

        Assert.Equal(("warn", "pass", "pass", "warn"), StatesIn(mixed));
        Assert.Equal(("pass", "pass", "pass", "pass"), StatesIn(well));
        Assert.Equal(("fail", "pass", "fail", "pass"), StatesIn(failed));
        var cache = failed.GetProperty("checks").GetProperty("cache")[0];
        Assert.Equal("bad_status", cache.GetProperty("reason").GetString());
        Assert.Contains("/cache-page", cache.GetProperty("output").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("/cache-page", failed.GetProperty("checks").GetProperty("web").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_lists_every_check_and_is_1_where_one_is_down()
    {
        await using var pod = await StartAsync();
        await pod.GetAsync("/livez");
        var well = await StatusAsync(pod);
        pod["cache"].Script = AppScripts.Status(503);
        await pod.GetAsync("/livez");
        var failed = await StatusAsync(pod);

        Assert.Equal((0, 1), (well.ExitCode, failed.ExitCode));
        Assert.All(["web", "cache", "idle"], name => Assert.Contains(name, well.Output, StringComparison.Ordinal));
        Assert.All(["web", "cache", "idle"], name => Assert.Contains(name, failed.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("bad_status", well.Output, StringComparison.Ordinal);
        Assert.Contains("bad_status", failed.Output, StringComparison.Ordinal);
        Assert.Contains($":{pod["cache"].Port}/cache-page", failed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_every_check_and_what_is_wrong()
    {
        await using var pod = await StartAsync();
        pod["cache"].Script = AppScripts.Status(503);
        await pod.GetAsync("/livez");

        var page = (await Probe.GetAdminAsync(pod.Agent, "/")).Body;

        Assert.All(["web", "cache", "idle", "bad_status", "/cache-page"], word => Assert.Contains(word, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_effective_configuration_has_every_check_in_order()
    {
        await using var pod = await StartAsync();

        var config = (await Probe.GetAdminAsync(pod.Agent, "/config")).Body;

        Assert.Matches("(?s)web-page.*cache-page.*idle", config);
        Assert.Contains("store", config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_full_detail_each_failure_has_its_own_sentence()
    {
        await using var pod = await StartAsync(("PROBEAGENT_DETAIL", "full"));
        pod["web"].Script = AppScripts.Status(500);
        pod["cache"].Script = AppScripts.Status(503);

        var (code, body) = await pod.AskAsync("/livez");

        var lines = body.Split('\n');
        Assert.Equal(500, code);
        Assert.Matches("^\\[-\\]web failed: bad_status: .*/web-page.*500", lines[0]);
        Assert.Matches("^\\[-\\]cache failed: bad_status: .*/cache-page.*503", lines[1]);
        Assert.Equal(["livez check failed", ""], lines[2..]);
    }

    [Fact]
    public async Task Check_by_name_asks_that_check_of_the_document_only()
    {
        await using var app = FakeApp.Start(AppScripts.Status(503));
        await using var other = FakeApp.Start(AppScripts.Well);
        var document = $$"""
            checks:
              - { name: web, httpGet: { port: {{app.Port}}, path: /web-page } }
              - { name: cache, container: store, httpGet: { port: {{other.Port}}, path: /cache-page } }
            """;

        var down = await AgentRun.OfAsync(["check", "web"], ("PROBEAGENT_CONFIG_YAML", document));
        var up = await AgentRun.OfAsync(["check", "cache"], ("PROBEAGENT_CONFIG_YAML", document));
        var unknown = await AgentRun.OfAsync(["check", "store"], ("PROBEAGENT_CONFIG_YAML", document));

        Assert.Equal((1, 0, 2), (down.ExitCode, up.ExitCode, unknown.ExitCode));
        Assert.Contains("bad_status", down.Output, StringComparison.Ordinal);
        Assert.Equal("/web-page", Assert.Single(app.Visits).Target);
        Assert.Equal("/cache-page", Assert.Single(other.Visits).Target);
        Assert.All(["store", "web", "cache"], name => Assert.Contains(name, unknown.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_without_a_name_asks_every_check_and_is_1_where_one_is_down()
    {
        await using var app = FakeApp.Start(AppScripts.Status(503));
        await using var other = FakeApp.Start(AppScripts.Well);

        var run = await AgentRun.OfAsync(
            ["check"],
            ("PROBEAGENT_CONFIG_YAML", $$"""
                checks:
                  - { name: web, httpGet: { port: {{app.Port}} } }
                  - { name: cache, httpGet: { port: {{other.Port}} } }
                """));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("bad_status", run.Output, StringComparison.Ordinal);
        Assert.Single(app.Visits);
        Assert.Single(other.Visits);
    }

    private static Task<DocumentPod> StartAsync(params (string, string)[] environment) =>
        DocumentPod.StartAsync(["web", "cache", "idle"], Document, environment);

    private static async Task<JsonElement> StatusJsonAsync(DocumentPod pod, int code)
    {
        var answer = await Probe.GetAdminAsync(pod.Agent, "/status.json");
        Assert.Equal(code, answer.Code);
        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.Clone();
    }

    private static Task<AgentRun> StatusAsync(DocumentPod pod) =>
        AgentRun.OfAsync(["status"], ("PROBEAGENT_ADMIN", $"127.0.0.1:{pod.Agent.AdminPort}"));

    private static (string?, string?, string?, string?) StatesIn(JsonElement status)
    {
        var checks = status.GetProperty("checks");
        return (status.GetProperty("status").GetString(), Of("web"), Of("cache"), Of("idle"));

        string? Of(string name) => Assert.Single(checks.GetProperty(name).EnumerateArray()).GetProperty("status").GetString();
    }
}
