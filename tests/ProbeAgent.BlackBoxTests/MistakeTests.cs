using System.Net;
using System.Net.Sockets;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>A configuration that cannot be meant is refused at start: which variable, what it holds, what would be right; exit code 2.</summary>
public sealed class MistakeTests
{
    private static readonly (string, string) Target = ("PROBEAGENT_TARGET", ":80/status");

    [Theory]
    [InlineData("80/status")]
    [InlineData(":0/status")]
    [InlineData(":65536/status")]
    [InlineData(":http/status")]
    [InlineData(":/status")]
    [InlineData("http://:x/status")]
    [InlineData("ftp://:21/")]
    [InlineData("tcp://:0")]
    [InlineData("tcp://")]
    [InlineData("tcp://:6379/path")]
    [InlineData("tcp://example.com:6379")]
    [InlineData("http://example.com:80/status")]
    [InlineData("http://10.255.255.1:80/status")]
    [InlineData("http://169.254.169.254:80/latest/meta-data")]
    [InlineData("http://user:password@127.0.0.1:80/")]
    [InlineData("https://:0/")]
    [InlineData("https://example.com:8443/")]
    [InlineData("grpc://")]
    [InlineData("grpc://:0/service")]
    [InlineData("grpc://example.com:9090")]
    [InlineData("grpc://:9090/a service")]
    [InlineData("nonsense")]
    public async Task A_target_that_cannot_be_is_refused(string target) => await AssertRefusedAsync("PROBEAGENT_TARGET", target);

    [Theory]
    [InlineData("PROBEAGENT_NAME", "App")]
    [InlineData("PROBEAGENT_NAME", "-app")]
    [InlineData("PROBEAGENT_NAME", "app-")]
    [InlineData("PROBEAGENT_NAME", "a.b")]
    [InlineData("PROBEAGENT_NAME", "a/b")]
    [InlineData("PROBEAGENT_NAME", "a234567890123456789012345678901234567890123456789012345678901234")]
    [InlineData("PROBEAGENT_TIMEOUT_SECONDS", "0")]
    [InlineData("PROBEAGENT_TIMEOUT_SECONDS", "-1")]
    [InlineData("PROBEAGENT_TIMEOUT_SECONDS", "301")]
    [InlineData("PROBEAGENT_TIMEOUT_SECONDS", "1.5")]
    [InlineData("PROBEAGENT_TIMEOUT_SECONDS", "1s")]
    [InlineData("PROBEAGENT_MAX_AGE_SECONDS", "-0.1")]
    [InlineData("PROBEAGENT_MAX_AGE_SECONDS", "300.1")]
    [InlineData("PROBEAGENT_MAX_AGE_SECONDS", "NaN")]
    [InlineData("PROBEAGENT_MAX_AGE_SECONDS", "0,5")]
    [InlineData("PROBEAGENT_MAX_AGE_SECONDS", "soon")]
    [InlineData("PROBEAGENT_DRAIN_SECONDS", "-1")]
    [InlineData("PROBEAGENT_DRAIN_SECONDS", "3601")]
    [InlineData("PROBEAGENT_DRAIN_SECONDS", "long")]
    [InlineData("PROBEAGENT_DETAIL", "verbose")]
    [InlineData("PROBEAGENT_LOG_LEVEL", "loud")]
    [InlineData("PROBEAGENT_LOG_FORMAT", "xml")]
    [InlineData("PROBEAGENT_LISTEN", "nonsense")]
    [InlineData("PROBEAGENT_LISTEN", ":0")]
    [InlineData("PROBEAGENT_LISTEN", ":65536")]
    [InlineData("PROBEAGENT_LISTEN", "127.0.0.1")]
    [InlineData("PROBEAGENT_ADMIN", "nonsense")]
    [InlineData("PROBEAGENT_ADMIN", "0.0.0.0:15082")]
    [InlineData("PROBEAGENT_ADMIN", ":15082")]
    [InlineData("PROBEAGENT_ADMIN", "[::]:15082")]
    [InlineData("PROBEAGENT_ADMIN", "10.0.0.1:15082")]
    [InlineData("PROBEAGENT_METRICS_TARGET", "9102/metrics")]
    [InlineData("PROBEAGENT_METRICS_TARGET", "tcp://:9102")]
    [InlineData("PROBEAGENT_METRICS_TARGET", "grpc://:9102")]
    [InlineData("PROBEAGENT_METRICS_TARGET", "http://example.com:9102/metrics")]
    [InlineData("PROBEAGENT_CONFIG", "/no-such-folder/probe-agent.yaml")]
    public async Task A_value_that_cannot_be_is_refused(string name, string value) => await AssertRefusedAsync(name, value);

    [Theory]
    [InlineData("PROBEAGENT_LISTEN", ":15000")]
    [InlineData("PROBEAGENT_LISTEN", ":15001")]
    [InlineData("PROBEAGENT_LISTEN", ":15006")]
    [InlineData("PROBEAGENT_LISTEN", ":15020")]
    [InlineData("PROBEAGENT_LISTEN", ":15021")]
    [InlineData("PROBEAGENT_LISTEN", "0.0.0.0:15090")]
    [InlineData("PROBEAGENT_LISTEN", ":4143")]
    [InlineData("PROBEAGENT_LISTEN", ":4191")]
    [InlineData("PROBEAGENT_LISTEN", ":9901")]
    [InlineData("PROBEAGENT_ADMIN", "127.0.0.1:15000")]
    [InlineData("PROBEAGENT_ADMIN", "127.0.0.1:4191")]
    public async Task A_port_that_a_mesh_reserves_is_refused(string name, string value)
    {
        var run = await AssertRefusedAsync(name, value);

        Assert.Matches("Istio|Linkerd|Kuma", run.Error);
    }

    [Theory]
    [InlineData(":15081/livez")]
    [InlineData("http://127.0.0.1:15081/")]
    [InlineData("tcp://:15081")]
    [InlineData("http://127.0.0.1:15082/")]
    [InlineData("tcp://localhost:15082")]
    public async Task The_agents_own_ports_are_no_target(string target)
    {
        var run = await AgentRun.OfAsync([], ("PROBEAGENT_TARGET", target));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("probe-agent: PROBEAGENT_TARGET: ", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_at_a_port_that_a_mesh_reserves_is_none_of_the_mistakes()
    {
        await using var agent = await AgentProcess.StartAsync(("PROBEAGENT_TARGET", ":15021/healthz/ready"));

        Assert.Equal(200, (await Probe.GetAsync(agent, "/-/healthy")).Code);
    }

    [Fact]
    public async Task All_mistakes_are_told_at_once_each_in_a_line()
    {
        (string Name, string Value)[] mistakes =
        [
            ("PROBEAGENT_TARGET", "ftp://:21/"),
            ("PROBEAGENT_NAME", "No_Name"),
            ("PROBEAGENT_TIMEOUT_SECONDS", "500"),
            ("PROBEAGENT_MAX_AGE_SECONDS", "soon"),
            ("PROBEAGENT_METRICS_TARGET", "tcp://:9102"),
            ("PROBEAGENT_LISTEN", ":15001"),
            ("PROBEAGENT_ADMIN", "0.0.0.0:9"),
            ("PROBEAGENT_DETAIL", "some"),
            ("PROBEAGENT_DRAIN_SECONDS", "5000"),
            ("PROBEAGENT_LOG_LEVEL", "loud"),
            ("PROBEAGENT_LOG_FORMAT", "xml"),
        ];

        var run = await AgentRun.OfAsync([], mistakes);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(mistakes.Length, run.ErrorLines.Count);
        Assert.All(mistakes, mistake =>
            Assert.Single(run.ErrorLines, line => line.StartsWith($"probe-agent: {mistake.Name}: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task No_configuration_at_all_says_what_to_set_with_an_example()
    {
        var run = await AgentRun.OfAsync([]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("PROBEAGENT_TARGET=:80/status", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("listening on", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PROBEAGENT_NAME", "web")]
    [InlineData("PROBEAGENT_TIMEOUT_SECONDS", "2")]
    [InlineData("PROBEAGENT_MAX_AGE_SECONDS", "1")]
    public async Task What_belongs_to_a_target_is_a_mistake_without_one(string name, string value)
    {
        var run = await AgentRun.OfAsync([], (name, value));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"probe-agent: {name}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("PROBEAGENT_TARGET", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--target", "nonsense")]
    [InlineData("--timeout-seconds", "301")]
    [InlineData("--timeout-seconds", "x")]
    [InlineData("--listen", ":15001")]
    [InlineData("--detail", "some")]
    public async Task An_option_that_cannot_be_is_refused_by_its_name(string option, string value)
    {
        var run = await AgentRun.OfAsync(["run", option, value], Target);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(option, run.Error, StringComparison.Ordinal);
        Assert.Contains(value.TrimStart(':'), run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_port_in_use_is_one_clear_line(bool admin)
    {
        var port = FreePort.Next();
        using var occupant = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        occupant.Bind(new IPEndPoint(admin ? IPAddress.Loopback : IPAddress.Any, port));
        occupant.Listen();

        var run = await AgentRun.OfAsync(
            [],
            Target,
            ("PROBEAGENT_LISTEN", admin ? $":{FreePort.Next()}" : $":{port}"),
            ("PROBEAGENT_ADMIN", admin ? $"127.0.0.1:{port}" : $"127.0.0.1:{FreePort.Next()}"));

        Assert.Equal(2, run.ExitCode);
        var line = Assert.Single(run.ErrorLines);
        Assert.StartsWith("probe-agent: ", line, StringComparison.Ordinal);
        Assert.Contains($"{port}", line, StringComparison.Ordinal);
        Assert.Contains("in use", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_port_for_both_is_refused()
    {
        var port = FreePort.Next();

        var run = await AgentRun.OfAsync([], Target, ("PROBEAGENT_LISTEN", $":{port}"), ("PROBEAGENT_ADMIN", $"127.0.0.1:{port}"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{port}", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    private static async Task<AgentRun> AssertRefusedAsync(string name, string value)
    {
        (string, string)[] freePorts =
            [("PROBEAGENT_LISTEN", $":{FreePort.Next()}"), ("PROBEAGENT_ADMIN", $"127.0.0.1:{FreePort.Next()}")];
        var run = await AgentRun.OfAsync([], [Target, .. freePorts, (name, value)]);

        Assert.Equal(2, run.ExitCode);
        var line = Assert.Single(run.ErrorLines);
        Assert.StartsWith($"probe-agent: {name}: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("listening on", run.Output, StringComparison.Ordinal);
        return run;
    }
}
