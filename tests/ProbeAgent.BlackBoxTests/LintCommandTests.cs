using System.Text.Json;

namespace ProbeAgent.BlackBoxTests;

/// <summary><c>lint</c>: what is wrong with manifests, with the place and what to do.</summary>
public sealed class LintCommandTests
{
    // The comments and the anchor move lines and columns away from what a value alone would show.
    private const string Workload = """
        # A service.
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: shop
        spec:
          template:
            metadata:
              labels: {app: shop}
              annotations:
                sidecar.istio.io/rewriteAppHTTPProbers: "false"
            spec:
              containers:
                - name: app # the only one
                  livenessProbe:
                    tcpSocket: &port
                      port: 80
                  readinessProbe:
                    httpGet: *port
        """;

    private const string Permissive = """
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          mtls: {mode: PERMISSIVE}
        """;

    [Fact]
    public async Task Findings_are_told_in_the_order_of_their_lines_with_what_to_do()
    {
        using var file = new TemporaryFile(Workload, ".yaml");

        var run = await AgentRun.OfAsync(["lint", "-f", file.Path]);

        var lines = run.Output.Split('\n');
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.StartsWith($"{file.Path}:20:24: warning tcp-probe-cannot-fail: the livenessProbe of container 'app'", lines[0], StringComparison.Ordinal);
        Assert.Equal("    let the agent ask: 'probe-agent inject' moves the pod's probes", lines[1]);
        Assert.EndsWith("/docs/lint.md#tcp-probe-cannot-fail", lines[2], StringComparison.Ordinal);
        Assert.StartsWith($"{file.Path}:23:22: warning probe-needs-certificate: the readinessProbe", lines[3], StringComparison.Ordinal);
        Assert.Equal(["0 errors, 2 warnings, 0 infos", ""], lines[6..]);
    }

    [Fact]
    public async Task For_programs_it_is_an_array_of_objects()
    {
        using var file = new TemporaryFile(Workload, ".yaml");

        var run = await AgentRun.OfAsync(["lint", "-f", file.Path, "-o", "json"]);

        using var document = JsonDocument.Parse(run.Output);
        var finding = document.RootElement[0];
        Assert.Equal(2, document.RootElement.GetArrayLength());
        Assert.Equal(
            ["rule", "severity", "file", "line", "column", "document", "pointer", "message", "advice", "link"],
            finding.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ("tcp-probe-cannot-fail", "warning", file.Path, 20, 24, 1, "/spec/template/spec/containers/0/livenessProbe/tcpSocket"),
            (finding.GetProperty("rule").GetString(), finding.GetProperty("severity").GetString(), finding.GetProperty("file").GetString(),
                finding.GetProperty("line").GetInt32(), finding.GetProperty("column").GetInt32(), finding.GetProperty("document").GetInt32(),
                finding.GetProperty("pointer").GetString()));
    }

    [Theory]
    [InlineData("info", 1)]
    [InlineData("warning", 0)]
    [InlineData("error", 0)]
    [InlineData("never", 0)]
    public async Task The_exit_code_goes_by_the_severity_that_is_named(string threshold, int code)
    {
        using var workload = new TemporaryFile(Workload.Replace("tcpSocket", "httpGet", StringComparison.Ordinal).Replace("  readinessProbe", "  other", StringComparison.Ordinal), ".yaml");
        using var authentication = new TemporaryFile(Permissive, ".yaml");

        var run = await AgentRun.OfAsync(["lint", "-f", workload.Path, "-f", authentication.Path, "--fail-on", threshold]);

        Assert.Equal((code, "0 errors, 0 warnings, 1 info"), (run.ExitCode, run.Output.Split('\n')[^2]));
    }

    [Theory]
    [InlineData("--mesh", "istioo", "--mesh: 'istioo' is not one of auto, istio, linkerd, kuma, consul, none; did you mean 'istio'?")]
    [InlineData("--fail-on", "warn", "--fail-on: 'warn' is not one of error, warning, info, never; did you mean 'warning'?")]
    [InlineData("--kube-version", "new", "--kube-version: 'new' is no version of Kubernetes; write it as in '1.29'")]
    [InlineData("-f", "/no/such.yaml", "there is no file or folder '/no/such.yaml'")]
    public async Task Wrong_use_is_said_and_nothing_is_judged(string option, string value, string message)
    {
        using var file = new TemporaryFile(Workload, ".yaml");

        var run = await AgentRun.OfAsync(["lint", "-f", file.Path, option, value]);

        Assert.Equal((2, "", $"probe-agent: {message}"), (run.ExitCode, run.Output, run.ErrorLines[0]));
    }

    [Fact]
    public async Task A_text_that_is_no_YAML_is_refused_at_its_place()
    {
        using var file = new TemporaryFile("kind: Pod\nspec: {{ .Values.spec }}\n", ".yaml");

        var run = await AgentRun.OfAsync(["lint", "-f", file.Path]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"{file.Path}:2:", run.Error, StringComparison.Ordinal);
    }
}
