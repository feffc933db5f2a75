using System.Net.Sockets;
using System.Text.Json;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>The admin port: what the agent knows, for those inside the pod.</summary>
public sealed class AdminPortTests
{
    [Fact]
    public async Task Status_is_health_json_that_warns_while_nothing_is_known_and_passes_while_the_app_is_well()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        var unknown = await Probe.GetAdminAsync(pod.Agent, "/status.json");
        await pod.GetAsync("/livez");
        var well = await Probe.GetAdminAsync(pod.Agent, "/status.json");

        Assert.Equal((200, 200), (unknown.Code, well.Code));
        Assert.Contains("\"status\": \"warn\"", unknown.Body, StringComparison.Ordinal);
        Assert.StartsWith("application/health+json", well.Header("Content-Type"), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(well.Body);
        Assert.Equal("pass", document.RootElement.GetProperty("status").GetString());
        Assert.Matches("^[0-9]", document.RootElement.GetProperty("version").GetString());
        var check = Assert.Single(document.RootElement.GetProperty("checks").GetProperty("app").EnumerateArray());
        Assert.Equal("pass", check.GetProperty("status").GetString());
        Assert.InRange(
            TimeProvider.System.GetUtcNow() - check.GetProperty("time").GetDateTimeOffset(), TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Status_is_503_with_sentence_and_reason_while_the_app_is_down()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Send("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"));
        await pod.GetAsync("/livez");

        var answer = await Probe.GetAdminAsync(pod.Agent, "/status.json");

        Assert.Equal(503, answer.Code);
        using var document = JsonDocument.Parse(answer.Body);
        Assert.Equal("fail", document.RootElement.GetProperty("status").GetString());
        var check = Assert.Single(document.RootElement.GetProperty("checks").GetProperty("app").EnumerateArray());
        Assert.Equal(("fail", "bad_status"), (check.GetProperty("status").GetString(), check.GetProperty("reason").GetString()));
        Assert.Contains($":{pod.App.Port}/status", check.GetProperty("output").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_is_the_effective_configuration_in_yaml_and_says_where_each_value_comes_from()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_TIMEOUT_SECONDS", "7"), ("PROBEAGENT_NAME", "web"));

        var answer = await Probe.GetAdminAsync(pod.Agent, "/config");

        Assert.Equal(200, answer.Code);
        Assert.StartsWith("text/yaml", answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Matches("(?m)^- name: web +# PROBEAGENT_NAME$", answer.Body);
        Assert.Matches("(?m)^ +timeoutSeconds: 7 +# PROBEAGENT_TIMEOUT_SECONDS$", answer.Body);
        Assert.Matches($"(?m)^ +port: {pod.App.Port} +# PROBEAGENT_TARGET$", answer.Body);
        Assert.Matches("(?m)^ +path: /status +# PROBEAGENT_TARGET$", answer.Body);
        Assert.Matches("(?m)^ +relayBody: false +# default$", answer.Body);
    }

    [Fact]
    public async Task The_page_shows_the_check_and_what_is_wrong_with_it()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Status(503), ("PROBEAGENT_NAME", "web"));
        await pod.GetAsync("/livez");

        var answer = await Probe.GetAdminAsync(pod.Agent, "/");

        Assert.Equal(200, answer.Code);
        Assert.StartsWith("text/html", answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("web", answer.Body, StringComparison.Ordinal);
        Assert.Contains("bad_status", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_than_16_connections_are_kept_at_once()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);
        var kept = new List<ProbeConnection>();
        for (var opened = 0; opened < 16; opened++)
        {
            var connection = await ProbeConnection.OpenAsync(System.Net.IPAddress.Loopback, pod.Agent.AdminPort);
            kept.Add(connection);
            await connection.SendAsync($"GET /config HTTP/1.1\r\nHost: 127.0.0.1:{pod.Agent.AdminPort}\r\n\r\n");
            Assert.Equal(200, (await connection.ReadAnswerAsync()).Code);
        }

        Assert.Equal("", await AnswerToOneMoreAsync(pod));

        // Those who leave make room.
        kept.ForEach(connection => connection.Dispose());
        await UntilServedAsync(pod);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/status.json")]
    [InlineData("/config")]
    [InlineData("/nosuch")]
    public async Task A_browser_may_run_nothing_frame_nothing_and_keep_nothing(string target)
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        var answer = await Probe.GetAdminAsync(pod.Agent, target);

        Assert.Matches(
            "^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$",
            answer.Header("Content-Security-Policy"));
        Assert.Equal(
            ("nosniff", "no-referrer", "no-store"),
            (answer.Header("X-Content-Type-Options"), answer.Header("Referrer-Policy"), answer.Header("Cache-Control")));
    }

    /// <summary>Behind a port-forward a page of somebody else could reach the port under a name of its own.</summary>
    [Theory]
    [InlineData("/", "attacker.example")]
    [InlineData("/status.json", "attacker.example:15082")]
    [InlineData("/config", "10.0.0.1")]
    [InlineData("/config", "localhost.attacker.example")]
    public async Task Under_another_name_than_loopbacks_nothing_is_told(string target, string host)
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        var answer = await Probe.SendAsync(pod.Agent.AdminPort, $"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Assert.Equal((421, "ask by localhost\n"), (answer.Code, answer.Body));
    }

    [Fact]
    public async Task The_page_has_the_configuration_as_it_counts_without_secrets()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well, ("PROBEAGENT_NAME", "web"));

        var config = (await Probe.GetAdminAsync(pod.Agent, "/config")).Body;
        var page = System.Net.WebUtility.HtmlDecode((await Probe.GetAdminAsync(pod.Agent, "/")).Body);

        Assert.Contains(config.TrimEnd(), page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/metrics")]
    [InlineData("/nosuch")]
    [InlineData("/status.json/")]
    public async Task Nothing_else_is_there(string target)
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        var answer = await Probe.GetAdminAsync(pod.Agent, target);

        Assert.Equal(404, answer.Code);
        Assert.Empty(pod.App.Visits);
    }

    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.InterNetworkV6)]
    public async Task It_is_not_reachable_from_outside_the_pod(AddressFamily family)
    {
        var address = Machine.Address(family);
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        await Assert.ThrowsAsync<SocketException>(() => ProbeConnection.OpenAsync(address, pod.Agent.AdminPort));
    }

    private static async Task<string> AnswerToOneMoreAsync(Pod pod)
    {
        try
        {
            using var connection = await ProbeConnection.OpenAsync(System.Net.IPAddress.Loopback, pod.Agent.AdminPort);
            await connection.SendAsync(Probe.Request("GET", "/config", pod.Agent.AdminPort));
            return await connection.ReadToEndAsync();
        }
        catch (SocketException)
        {
            // Ended before it could ask.
            return "";
        }
    }

    // The agent notices an end a little later than we make it.
    private static async Task UntilServedAsync(Pod pod)
    {
        using var patience = new CancellationTokenSource(AgentProcess.Patience);
        for (Answer? answer = null; answer is null; patience.Token.ThrowIfCancellationRequested())
        {
            try
            {
                answer = await Probe.GetAdminAsync(pod.Agent, "/config");
                Assert.Equal(200, answer.Code);
            }
            catch (Exception turnedAway) when (turnedAway is IOException or SocketException)
            {
                // Once more.
            }
        }
    }
}
