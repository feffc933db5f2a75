using System.Text.Json.Nodes;
using ProbeAgent.ManifestTests.Injecting;

namespace ProbeAgent.ManifestTests.Charts;

/// <summary>A value that makes no sense is refused before anything is installed, and the pages say what there is to choose.</summary>
public sealed class ChartValuesTests(ChartLab lab)
{
    // What can be gone as a whole: what is passed on to the pod or to a label as it is. Everything else has a default that must be something.
    private static readonly string[] Passed = ["resources", "podSecurityContext", "securityContext", "dashboards.labels"];

    private static readonly JsonObject Schema = JsonNode.Parse(Manifests.Read($"{ChartLab.Chart}/values.schema.json"))!.AsObject();

    [Theory]
    [InlineData("Mesh=istio", "Mesh is not allowed")]
    [InlineData("certificate.sourc=helm", "sourc is not allowed")]
    [InlineData("dashboard.enabled=true", "dashboard is not allowed")]
    [InlineData("image.tags=1.0", "tags is not allowed")]
    [InlineData("podMonitor.labels.release=1", "podMonitor.labels.release")]
    [InlineData("mesh=istoi", "istio")]
    [InlineData("failurePolicy=ignore", "Ignore")]
    [InlineData("prometheus=pod-monitor", "annotations")]
    [InlineData("hooks.handling=rely", "relay")]
    [InlineData("replicas=0", "replicas")]
    [InlineData("replicas=two", "replicas")]
    [InlineData("timeoutSeconds=31", "timeoutSeconds")]
    [InlineData("image.tag=1", "image.tag")]
    [InlineData("image.digest=0123", "image.digest")]
    [InlineData("image.repository=ghcr.io/probe-agent/probe-agent:0.1.0", "image.repository")]
    [InlineData("agentImage=two words", "agentImage")]
    [InlineData("fullnameOverride=Probes", "fullnameOverride")]
    [InlineData("excludedNamespaces={Monitoring}", "excludedNamespaces")]
    [InlineData("networkPolicy.apiServers={10.0.0.1}", "networkPolicy.apiServers")]
    [InlineData("podAnnotations.a=true", "podAnnotations.a")]
    [InlineData("certificate.validityDays=0", "certificate.validityDays")]
    [InlineData("certificate.certManager.issuerRef.kind=ClusterIssuer", "name")]
    [InlineData("hooks.keySecret.key=a b", "hooks.keySecret.key")]
    [InlineData("certificate.source=secret", "certificate.secret.name")]
    [InlineData("certificate.source=secret,certificate.secret.name=mine", "certificate.secret.caBundle")]
    [InlineData("certificate.source=secret,certificate.secret.name=mine,certificate.secret.caBundle=LS0t", "caBundle")]
    [InlineData("hooks.handling=relay", "hooks.keySecret.name")]
    public void A_bad_value_is_refused_by_its_name(string values, string word)
    {
        var run = lab.Render("--set", values);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(word, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    public static TheoryData<string> Groups =>
        [.. ChartValue.All.SelectMany(value => Above(value.Key)).Distinct().Where(group => !ChartValue.All.Any(value => value.Key == group))];

    public static TheoryData<string> CanBeGone => [.. ChartValue.All.Where(IsOptional).Select(value => value.Key)];

    public static TheoryData<string> CannotBeGone => [.. ChartValue.All.Where(value => !IsOptional(value)).Select(value => value.Key)];

    [Theory]
    [MemberData(nameof(Groups))]
    [MemberData(nameof(CannotBeGone))]
    public void Null_for_what_the_chart_needs_is_refused_by_its_name(string key)
    {
        var run = lab.Render("--set", $"{key}=null");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{key.Split('.')[^1]} is required", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(CanBeGone))]
    public void Null_for_what_may_be_empty_is_as_if_it_were(string key)
    {
        const string Everything = "certificate.source=cert-manager,podMonitor.enabled=true,podMonitor.agents=true,prometheusRule.enabled=true,dashboards.enabled=true";

        var run = lab.Render("--set", $"{Everything},networkPolicy.enabled=true", "--set", $"{key}=null");

        Assert.NotEmpty(run.Resources);
        Assert.Equal(!Passed.Contains(key), run.Output == lab.Render("--set", $"{Everything},networkPolicy.enabled=true").Output);
    }

    [Theory]
    [InlineData("global.region=north")]
    [InlineData("enabled=true")]
    public void A_chart_above_may_have_values_for_all_and_a_condition(string values) => Assert.NotEmpty(lab.Render("--set", values).Resources);

    [Theory]
    [InlineData("1.27.16", 1)]
    [InlineData("1.28.0", 0)]
    [InlineData("1.28.0-gke.1", 0)]
    [InlineData("1.35.0-alpha.1", 0)]
    public void A_cluster_that_is_too_old_is_refused(string version, int exitCode)
    {
        var run = lab.Render("--kube-version", version);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(exitCode == 1, run.Error.Contains(">=1.28", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mesh", "--mesh")]
    [InlineData("prometheus", "--prometheus")]
    [InlineData("logLevel", "--log-level")]
    [InlineData("logFormat", "--log-format")]
    public void Each_word_of_the_schema_is_one_that_the_webhook_knows(string value, string option)
    {
        var words = Schema["properties"]![value]!["enum"]!.AsArray().Select(word => word!.GetValue<string>()).ToList();

        Assert.InRange(words.Count, 2, 10);
        Assert.All(words, word =>
        {
            var run = InjectRun.Start(Path.GetTempPath(), [], "webhook", "--image=a:1", $"{option}={word}", "--tls-cert-file=/nonexistent/tls.crt");
            Assert.Contains("/nonexistent/tls.crt", Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_schema_has_every_value_and_no_other()
    {
        var described = ChartValue.All.Select(value => value.Key).Order(StringComparer.Ordinal);

        Assert.Equal(described, Leaves(Schema, "").Where(key => key is not ("global" or "enabled")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_value_is_described() => Assert.Equal(
        Undescribed(YamlValue.Documents(Manifests.Read($"{ChartLab.Chart}/values.yaml")).Single(), ""), []);

    [Fact]
    public void The_readme_has_every_value_with_its_default() => Assert.Equal(
        ChartValue.All.Select(value => value.Row),
        Manifests.Read($"{ChartLab.Chart}/README.md").Split('\n').SkipWhile(line => line != "| value | meaning | default |").Skip(2)
            .TakeWhile(line => line.StartsWith('|')));

    private static bool IsOptional(ChartValue value) => Passed.Contains(value.Key) || value.Default?.ToJsonString() is "\"\"" or "[]" or "{}";

    private static IEnumerable<string> Above(string key)
    {
        var parts = key.Split('.');
        return Enumerable.Range(1, parts.Length - 1).Select(count => string.Join('.', parts[..count]));
    }

    // What the schema says as a whole; maps without keys of their own are values like others.
    private static IEnumerable<string> Leaves(JsonNode schema, string path) => schema["properties"] is JsonObject properties && !IsDescribed(path)
        ? properties.SelectMany(property => Leaves(property.Value!, path.Length == 0 ? property.Key : $"{path}.{property.Key}"))
        : [path];

    private static IEnumerable<string> Undescribed(JsonNode? values, string path) => IsDescribed(path) ? []
        : values is JsonObject { Count: > 0 } map ? map.SelectMany(entry => Undescribed(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}"))
        : [path];

    private static bool IsDescribed(string path) => ChartValue.All.Any(value => value.Key == path);
}
