using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests;

/// <summary>The commands that ask and leave: <c>check</c>, <c>status</c>, <c>version</c>, help, and wrong use.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task Version_prints_it_and_nothing_else()
    {
        var run = await AgentRun.OfAsync(["version"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches("[0-9]+\\.[0-9]+\\.[0-9]+", Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Theory]
    [InlineData]
    [InlineData("run")]
    [InlineData("check")]
    [InlineData("status")]
    [InlineData("webhook")]
    [InlineData("demo")]
    [InlineData("version")]
    public async Task Help_explains_each_command(params string[] command)
    {
        var run = await AgentRun.OfAsync([.. command, "--help"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.All(command, word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_help_names_the_commands_and_the_one_variable_that_is_enough()
    {
        var run = await AgentRun.OfAsync(["--help"]);

        Assert.All(["run", "check", "status", "demo", "version"], word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
        Assert.Contains("PROBEAGENT_TARGET", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nosuch")]
    [InlineData("--nosuch")]
    [InlineData("run", "--nosuch")]
    [InlineData("run", "extra")]
    [InlineData("check", "one", "two")]
    [InlineData("check", "--nosuch")]
    [InlineData("status", "extra")]
    [InlineData("version", "extra")]
    [InlineData("demo", "extra")]
    [InlineData("run", "--target")]
    public async Task Wrong_use_is_told_on_standard_error_with_2(params string[] arguments)
    {
        var run = await AgentRun.OfAsync(arguments, ("PROBEAGENT_TARGET", ":80/status"));

        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.ErrorLines);
        Assert.DoesNotContain("listening on", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_asks_the_configured_app_once_and_prints_what_came_back_and_how_long_it_took()
    {
        await using var app = FakeApp.Start(AppScripts.Well);

        var run = await AgentRun.OfAsync(["check"], ("PROBEAGENT_TARGET", $":{app.Port}/status"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains($":{app.Port}/status", run.Output, StringComparison.Ordinal);
        Assert.Contains("200", run.Output, StringComparison.Ordinal);
        Assert.All(["connect", "first", "body"], phase => Assert.Contains(phase, run.Output, StringComparison.OrdinalIgnoreCase));
        Assert.Matches("^kube-probe/[0-9.+]{1,16}$", Assert.Single(app.Visits).Header("User-Agent"));
    }

    [Fact]
    public async Task Check_by_name_asks_that_check()
    {
        await using var app = FakeApp.Start(AppScripts.Well);

        var run = await AgentRun.OfAsync(["check", "web"], ("PROBEAGENT_TARGET", $":{app.Port}/status"), ("PROBEAGENT_NAME", "web"));

        Assert.Equal(0, run.ExitCode);
        Assert.Single(app.Visits);
    }

    [Fact]
    public async Task Check_of_an_unknown_name_says_which_there_are()
    {
        var run = await AgentRun.OfAsync(["check", "nosuch"], ("PROBEAGENT_TARGET", ":80/status"), ("PROBEAGENT_NAME", "web"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nosuch", run.Error, StringComparison.Ordinal);
        Assert.Contains("web", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/other", "GET /other HTTP/1.1")]
    [InlineData(":{0}/other", "GET /other HTTP/1.1")]
    [InlineData("tcp://:{0}", "")]
    public async Task Check_of_a_URL_needs_no_configuration(string target, string firstLine)
    {
        await using var app = FakeApp.Start(AppScripts.Well);

        var run = await AgentRun.OfAsync(["check", string.Format(null, target, app.Port)]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var visit = await app.NextVisitAsync();
        await visit.Ended;
        Assert.Equal(firstLine, visit.Received.Split("\r\n")[0]);
    }

    [Fact]
    public async Task Check_of_a_failing_app_is_1_with_the_reason_and_the_sentence()
    {
        await using var app = FakeApp.Start(AppScripts.Status(503));

        var run = await AgentRun.OfAsync(["check", $"http://127.0.0.1:{app.Port}/status"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("bad_status", run.Output, StringComparison.Ordinal);
        Assert.Contains("503", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{app.Port}/status", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com/")]
    [InlineData("https://example.com:8443/")]
    [InlineData("grpc://example.com:9090")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("http://127.0.0.1:99999/")]
    public async Task Check_of_a_URL_that_cannot_be_is_wrong_use(string target)
    {
        var run = await AgentRun.OfAsync(["check", target]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(target, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_without_anything_to_ask_is_wrong_use()
    {
        var run = await AgentRun.OfAsync(["check"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("PROBEAGENT_TARGET", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(500, 1)]
    public async Task Status_tells_what_the_running_agent_knows(int status, int exitCode)
    {
        await using var pod = await Pod.StartAsync(AppScripts.Status(status), ("PROBEAGENT_NAME", "web"));
        await pod.GetAsync("/livez");
        var admin = $"127.0.0.1:{pod.Agent.AdminPort}";

        var byVariable = await AgentRun.OfAsync(["status"], ("PROBEAGENT_ADMIN", admin));
        var byOption = await AgentRun.OfAsync(["status", "--admin", admin]);

        Assert.Equal((exitCode, exitCode), (byVariable.ExitCode, byOption.ExitCode));
        Assert.Contains("web", byVariable.Output, StringComparison.Ordinal);
        Assert.Contains(status == 200 ? "up" : "bad_status", byVariable.Output, StringComparison.Ordinal);
        Assert.Single(pod.App.Visits);
    }

    [Fact]
    public async Task Status_before_the_first_probe_is_0_and_asks_nothing()
    {
        await using var pod = await Pod.StartAsync(AppScripts.Well);

        var run = await AgentRun.OfAsync(["status"], ("PROBEAGENT_ADMIN", $"127.0.0.1:{pod.Agent.AdminPort}"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("app", run.Output, StringComparison.Ordinal);
        Assert.Empty(pod.App.Visits);
    }

    [Fact]
    public async Task Status_without_an_agent_is_1_and_says_where_it_looked()
    {
        var admin = $"127.0.0.1:{ProbeAgent.Lab.FreePort.Next()}";

        var run = await AgentRun.OfAsync(["status", "--admin", admin]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(admin, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }
}
