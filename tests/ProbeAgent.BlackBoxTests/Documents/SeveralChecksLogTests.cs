using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests.Documents;

/// <summary>What the log says of several checks: at the start, at each change, and of names that do not exist.</summary>
public sealed class SeveralChecksLogTests
{
    private static readonly (string, string) EndsAtOnce = ("PROBEAGENT_DRAIN_SECONDS", "0");

    [Fact]
    public async Task The_start_says_for_each_check_what_the_kubelet_must_be_told()
    {
        await using var pod = await DocumentPod.StartAsync(
            ["quick", "slow"],
            """
            checks:
              - { name: quick, container: app, httpGet: { port: $quick, path: /q } }
              - { name: slow, container: app, tcpSocket: { port: $slow }, timeoutSeconds: 5 }
            """,
            EndsAtOnce);

        var line = Assert.Single(await pod.EndAndFindAsync("timeoutSeconds"));
        var checks = line.Split("check \"", StringSplitOptions.None)[1..];
        Assert.Equal(2, checks.Length);
        Assert.StartsWith("quick\"", checks[0], StringComparison.Ordinal);
        Assert.Contains($":{pod["quick"].Port}/q", checks[0], StringComparison.Ordinal);
        Assert.Contains("answers within 900 ms: timeoutSeconds: 1 on the probe", checks[0], StringComparison.Ordinal);
        Assert.StartsWith("slow\"", checks[1], StringComparison.Ordinal);
        Assert.Contains($":{pod["slow"].Port}", checks[1], StringComparison.Ordinal);
        Assert.Matches("answers within (4750 ms|4\\.75 s|4\\.8 s): timeoutSeconds: 5 on the probe", checks[1]);
    }

    [Theory]
    [InlineData("a", "[liveness]", "b", "[liveness]")]
    [InlineData("a", "[liveness, readiness]", "b", "[startup, liveness]")]
    public async Task Liveness_of_two_containers_is_warned_of_as_it_would_let_one_restart_the_other(
        string firstContainer, string firstProbes, string secondContainer, string secondProbes)
    {
        var warnings = await WarningsAboutLivezAsync(firstContainer, firstProbes, secondContainer, secondProbes);

        var warning = Assert.Single(warnings);
        Assert.Matches("/app-health/", warning);
    }

    [Theory]
    [InlineData("a", "[liveness]", "a", "[liveness]")]
    [InlineData("a", "[liveness, readiness]", "b", "[startup, readiness]")]
    [InlineData("a", "[readiness]", "b", "[readiness]")]
    public async Task Liveness_of_one_container_is_not_warned_of(
        string firstContainer, string firstProbes, string secondContainer, string secondProbes) =>
        Assert.Empty(await WarningsAboutLivezAsync(firstContainer, firstProbes, secondContainer, secondProbes));

    [Fact]
    public async Task Each_check_has_its_own_line_for_each_change()
    {
        await using var pod = await DocumentPod.StartAsync(
            ["web", "db"],
            """
            checks:
              - { name: web, container: app, httpGet: { port: $web, path: /status }, maxAgeSeconds: 0 }
              - { name: db, container: app, httpGet: { port: $db, path: /ping }, maxAgeSeconds: 0 }
            """,
            EndsAtOnce);
        await pod.GetAsync("/livez");
        pod["db"].Script = AppScripts.Status(503);
        await pod.GetAsync("/livez");
        await pod.GetAsync("/readyz");
        pod["db"].Script = AppScripts.Well;
        pod["web"].Script = AppScripts.SendThenFinish("nonsense\r\n\r\n");
        await pod.GetAsync("/livez");
        await pod.GetAsync("/livez/web");

        var lines = (await pod.EndAndFindAsync("Check \"")).Where(line => line.Contains("\" is ", StringComparison.Ordinal)).ToArray();

        Assert.Equal(2, lines.Count(line => line.Contains("Check \"web\" is", StringComparison.Ordinal)));
        Assert.Equal(3, lines.Count(line => line.Contains("Check \"db\" is", StringComparison.Ordinal)));
        var web = Assert.Single(lines, line => line.Contains("Check \"web\" is down", StringComparison.Ordinal));
        Assert.Matches(" warn Check \"web\" is down \\(protocol_error\\): .*/status", web);
        var db = Assert.Single(lines, line => line.Contains("Check \"db\" is down", StringComparison.Ordinal));
        Assert.Matches(" warn Check \"db\" is down \\(bad_status\\): .*/ping.*503", db);
    }

    [Theory]
    [InlineData("/livez/no-such", new[] { "web-check", "db-check" })]
    [InlineData("/app-health/no-such/livez", new[] { "web-box", "db-box" })]
    public async Task An_unknown_name_is_told_once_with_those_that_exist(string target, string[] names)
    {
        await using var pod = await DocumentPod.StartAsync(
            ["web", "db"],
            """
            checks:
              - { name: web-check, container: web-box, httpGet: { port: $web } }
              - { name: db-check, container: db-box, httpGet: { port: $db } }
            """,
            EndsAtOnce);
        for (var probe = 0; probe < 3; probe++)
        {
            Assert.Equal(404, (await pod.GetAsync(target)).Code);
        }

        var line = Assert.Single(await pod.EndAndFindAsync("no-such"));

        Assert.All(names, name => Assert.Contains(name, line, StringComparison.Ordinal));
    }

    private static async Task<string[]> WarningsAboutLivezAsync(
        string firstContainer, string firstProbes, string secondContainer, string secondProbes)
    {
        await using var pod = await DocumentPod.StartAsync(
            ["one", "two"],
            $$"""
            checks:
              - { name: one, container: {{firstContainer}}, probes: {{firstProbes}}, httpGet: { port: $one } }
              - { name: two, container: {{secondContainer}}, probes: {{secondProbes}}, httpGet: { port: $two } }
            """,
            EndsAtOnce);

        return [.. (await pod.EndAndFindAsync("/livez")).Where(line => line.Contains(" warn ", StringComparison.Ordinal))];
    }
}
