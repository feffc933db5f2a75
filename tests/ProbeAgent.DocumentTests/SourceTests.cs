using System.Text.RegularExpressions;

namespace ProbeAgent.DocumentTests;

/// <summary>The same document, whichever way it comes; what is printed of it is a document again, and keeps secrets.</summary>
public sealed partial class SourceTests(JudgedDocuments documents)
{
    private const string Document =
        """
        detail: full
        checks:
          - name: service-go
            container: app
            timeoutSeconds: 2
            httpGet:
              scheme: HTTPS
              port: 8443
              path: /status?full=1
              httpHeaders:
                - name: Authorization
                  value: Bearer s3cr3t-of-a-header
          - name: cache
            probes: [readiness]
            tcpSocket:
              port: 6379
        relays:
          - name: metrics
            target: :9102/metrics
        hooks:
          - container: app
            hook: preStop
            key: s3cr3t-of-a-hook
            httpGet:
              port: 80
              path: /shutdown
        """;

    [Fact]
    public void A_document_means_the_same_whichever_way_it_comes()
    {
        var folder = Directory.CreateTempSubdirectory("probe-agent-");
        try
        {
            var file = Path.Combine(folder.FullName, "probe-agent.yaml");
            File.WriteAllText(file, Document);

            Validation[] ways =
            [
                Validation.OfText(Document),
                Validation.OfFile(folder.FullName, "probe-agent.yaml"),
                Validation.OfArguments([], ("PROBEAGENT_CONFIG", file)),
                Validation.OfArguments([], ("PROBEAGENT_CONFIG_YAML", Document)),
                Validation.OfArguments(["--config", file]),
                Validation.OfArguments(["--config-yaml", Document]),
            ];

            Assert.All(ways, way => Assert.True(way.Accepts, way.ToString()));
            Assert.Single(ways.Select(way => Bare(way.Output)).Distinct());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("PROBEAGENT_CONFIG_YAML")]
    [InlineData("--config-yaml")]
    public void A_mistake_in_an_inline_document_names_the_source_and_the_place_in_it(string source)
    {
        const string Wrong = "checks:\n  - name: app\n    httpGet:\n      port: 0\n";

        var refused = source.StartsWith('-')
            ? Validation.OfArguments([source, Wrong])
            : Validation.OfArguments([], (source, Wrong));

        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        Assert.StartsWith($"{source}:4:13: checks[0].httpGet.port is '0'", Assert.Single(refused.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PROBEAGENT_TARGET", "80")]
    [InlineData("PROBEAGENT_METRICS_TARGET", "tcp://:80")]
    [InlineData("PROBEAGENT_TIMEOUT_SECONDS", "0")]
    [InlineData("PROBEAGENT_LISTEN", "15081")]
    [InlineData("PROBEAGENT_DETAIL", "all")]
    [InlineData("PROBEAGENT_DRAIN_SECONDS", "3601")]
    [InlineData("PROBEAGENT_LOG_LEVEL", "loud")]
    public void A_mistake_in_a_variable_names_the_variable_and_its_value(string name, string value)
    {
        (string, string)[] variables = name == "PROBEAGENT_TARGET" ? [(name, value)] : [("PROBEAGENT_TARGET", ":80/"), (name, value)];

        var refused = Validation.OfArguments([], variables);

        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        Assert.Matches($"^{name}: '{Regex.Escape(value)}' .{{10,}}", Assert.Single(refused.Errors));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var refused = Validation.OfArguments([], ("PROBEAGENT_CONFIG", "/nowhere/probe-agent.yaml"));

        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        Assert.Matches("^PROBEAGENT_CONFIG: .*/nowhere/probe-agent.yaml", Assert.Single(refused.Errors));
    }

    [Fact]
    public void The_effective_configuration_is_a_document_that_comes_to_itself()
    {
        var good = documents.All.Where((one, i) => one.Validation.Accepts && i % 5 == 0).ToList();
        Assert.InRange(good.Count, 50, 1000);

        Assert.All(good, one =>
        {
            var again = Validation.OfText(one.Validation.Output);
            Assert.True(again.Accepts, $"{one}\n{again}");
            Assert.Equal(Bare(one.Validation.Output), Bare(again.Output));
        });
    }

    [Fact]
    public void Each_line_says_where_its_value_comes_from()
    {
        var lines = Validation.OfText(Document).Output.TrimEnd('\n').Split('\n');

        Assert.Contains("detail: full  # stdin:1:9", lines);
        Assert.Contains("  timeoutSeconds: 2  # stdin:5:21", lines);
        Assert.Contains("  maxAgeSeconds: 0.1  # default", lines);
        Assert.All(lines, line => Assert.Matches(@"(  # (default|stdin:[0-9]+:[0-9]+)|^ *[a-zA-Z]+:)$", line));
    }

    [Theory]
    [InlineData("s3cr3t-of-a-header", "s3cr3t-of-a-header")]
    [InlineData("s3cr3t-of-a-hook", "s3cr3t-of-a-hook")]
    [InlineData("value: Bearer s3cr3t-of-a-header", "value: \"s3cr3t\\n\"")]
    [InlineData("key: s3cr3t-of-a-hook", "key: s3cr3t of a hook")]
    [InlineData("key: s3cr3t-of-a-hook", "key: [s3cr3t]")]
    public void No_value_of_a_header_and_no_key_is_printed(string sound, string changed)
    {
        var validation = Validation.OfText(Document.Replace(sound, changed, StringComparison.Ordinal));

        Assert.DoesNotContain("s3cr3t", validation.ToString(), StringComparison.Ordinal);
    }

    private static string Bare(string output) => Comment().Replace(output, "");

    [GeneratedRegex("(?m)  # .*$")]
    private static partial Regex Comment();
}
