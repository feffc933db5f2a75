namespace ProbeAgent.DocumentTests;

/// <summary>Command line, environment, document, defaults: single values key by key, lists whole.</summary>
public sealed class PrecedenceTests
{
    private const string Checks = "checks: [{name: of-the-document, tcpSocket: {port: 81}}]\n";

    [Theory]
    [InlineData("LISTEN", "listen: ':15091'", ":15092", ":15093", "listen: ':{0}'", "15091", "15092", "15093", "15081")]
    [InlineData("ADMIN", "admin: '127.0.0.1:15094'", "127.0.0.1:15095", "127.0.0.1:15096", "admin: '127.0.0.1:{0}'", "15094", "15095", "15096", "15082")]
    [InlineData("DETAIL", "detail: full", "reason", "full", "detail: {0}", "full", "reason", "full", "reason")]
    [InlineData("DRAIN_SECONDS", "drain: {maxSeconds: 1}", "2", "3", "  maxSeconds: {0}", "1", "2", "3", "25")]
    [InlineData("LOG_LEVEL", "log: {level: error}", "warning", "debug", "  level: {0}", "error", "warning", "debug", "info")]
    [InlineData("LOG_FORMAT", "log: {format: json}", "text", "json", "  format: {0}", "json", "text", "json", "text")]
    public void A_value_comes_from_the_highest_source_that_names_it(
        string setting, string inDocument, string inEnvironment, string onCommandLine, string line, string document, string environment, string commandLine, string usual)
    {
        var variable = (Name: $"PROBEAGENT_{setting}", Value: inEnvironment);
        string[] option = [$"--{setting.Replace('_', '-').ToLowerInvariant()}", onCommandLine];
        string[] without = ["--config-yaml", Checks];
        string[] with = ["--config-yaml", Checks + inDocument];

        Assert.Equal((usual, "default"), Effective(Validation.OfArguments(without), line));
        Assert.Equal((document, "--config-yaml:"), Effective(Validation.OfArguments(with), line));
        Assert.Equal((environment, variable.Name), Effective(Validation.OfArguments(with, variable), line));
        Assert.Equal((commandLine, option[0]), Effective(Validation.OfArguments([.. with, .. option], variable), line));
        Assert.Equal((commandLine, option[0]), Effective(Validation.OfArguments([.. without, .. option]), line));
    }

    [Fact]
    public void Checks_come_whole_from_the_highest_source_and_a_second_one_is_warned_of()
    {
        var validation = Validation.OfArguments(["--config-yaml", Checks], ("PROBEAGENT_TARGET", ":80/status"));

        Assert.True(validation.Accepts, validation.ToString());
        Assert.DoesNotContain("of-the-document", validation.Output, StringComparison.Ordinal);
        var warning = Assert.Single(validation.Warnings);
        Assert.Contains("PROBEAGENT_TARGET", warning, StringComparison.Ordinal);
        Assert.Contains("--config-yaml:1:9", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Relays_come_whole_from_the_highest_source_and_a_second_one_is_warned_of()
    {
        var validation = Validation.OfArguments(
            ["--config-yaml", Checks + "relays: [{name: of-the-document, target: ':82/'}]\n", "--metrics-target", ":83/metrics"]);

        Assert.True(validation.Accepts, validation.ToString());
        Assert.DoesNotContain(":82/", validation.Output, StringComparison.Ordinal);
        Assert.Contains("- name: app", validation.Output, StringComparison.Ordinal);
        var warning = Assert.Single(validation.Warnings);
        Assert.Contains("--metrics-target", warning, StringComparison.Ordinal);
        Assert.Contains("--config-yaml:2:9", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void One_list_from_each_source_is_no_reason_for_a_warning()
    {
        var validation = Validation.OfArguments(["--config-yaml", Checks], ("PROBEAGENT_METRICS_TARGET", ":83/metrics"));

        Assert.True(validation.Accepts, validation.ToString());
        Assert.Empty(validation.Errors);
        Assert.Contains("of-the-document", validation.Output, StringComparison.Ordinal);
        Assert.Contains(":83/metrics", validation.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_target_goes_before_that_of_the_environment()
    {
        var validation = Validation.OfArguments(["--target", "tcp://:81"], ("PROBEAGENT_TARGET", ":80/status"), ("PROBEAGENT_NAME", "cache"));

        Assert.Contains("tcpSocket:", validation.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("httpGet:", validation.Output, StringComparison.Ordinal);
        Assert.Contains("- name: cache  # PROBEAGENT_NAME", validation.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_documents_at_once_are_refused()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Checks);

            var both = Validation.OfArguments([], ("PROBEAGENT_CONFIG", file), ("PROBEAGENT_CONFIG_YAML", Checks));
            var mixed = Validation.OfArguments(["--config-yaml", Checks], ("PROBEAGENT_CONFIG", file));

            Assert.Equal((2, ""), (both.ExitCode, both.Output));
            Assert.Matches("PROBEAGENT_CONFIG_YAML.*PROBEAGENT_CONFIG", Assert.Single(both.Mistakes));
            Assert.Equal((2, ""), (mixed.ExitCode, mixed.Output));
            Assert.Matches("--config-yaml.*PROBEAGENT_CONFIG", Assert.Single(mixed.Mistakes));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("PROBEAGENT_NAME", "app")]
    [InlineData("PROBEAGENT_TIMEOUT_SECONDS", "2")]
    [InlineData("PROBEAGENT_MAX_AGE_SECONDS", "1")]
    public void What_belongs_to_the_target_is_refused_without_it(string name, string value)
    {
        var alone = Validation.OfArguments([], (name, value));
        var besideADocument = Validation.OfArguments(["--config-yaml", Checks], (name, value));

        Assert.All(new[] { alone, besideADocument }, validation =>
        {
            Assert.Equal((2, ""), (validation.ExitCode, validation.Output));
            Assert.Matches($"^{name}: .*PROBEAGENT_TARGET", Assert.Single(validation.Mistakes));
        });
    }

    // The value of a line of the effective configuration, and where it comes from without the place in it.
    private static (string Value, string Source) Effective(Validation validation, string format)
    {
        Assert.True(validation.Accepts, validation.ToString());
        var (before, after) = (format.Split("{0}")[0], format.Split("{0}")[1]);
        var line = Assert.Single(validation.Output.Split('\n'), line => line.StartsWith(before, StringComparison.Ordinal));
        var parts = line[before.Length..].Split("  # ");
        var colon = parts[1].IndexOf(':', StringComparison.Ordinal);
        return (parts[0][..^after.Length], colon < 0 ? parts[1] : parts[1][..(colon + 1)]);
    }
}
