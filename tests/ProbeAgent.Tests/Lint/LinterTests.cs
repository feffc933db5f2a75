using ProbeAgent.Injection;
using ProbeAgent.Lint;

namespace ProbeAgent.Tests.Lint;

/// <summary>What is found in a deployment as a whole.</summary>
public sealed class LinterTests
{
    private const string Probe = $"{Linting.Pod}/containers/0/livenessProbe/httpGet";

    private const string Jobs = """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: nightly}
        spec:
          template:
            spec:
              PLACE:
                - name: probe-agent
                  image: ghcr.io/probe-agent/probe-agent:0.1.0
                  restartPolicy: Always
                  env: [{name: PROBEAGENT_TARGET, value: ":80/"}]
        """;

    private static readonly string[] Examples =
        ["grpc", "https", "metrics-relay", "pre-stop", "service-go-liveness-http", "several-containers"];

    public static TheoryData<string> Agents() => [.. Examples.Select(name => $"{name}-agent.yaml")];

    [Fact]
    public void Lint_SoundPod_FindsNothing() => Assert.Empty(Linting.Lint(Linting.WithAgent));

    [Theory]
    [MemberData(nameof(Agents))]
    public void Lint_Example_FindsNothing(string name) => Assert.Empty(Linting.Lint(Example(name)));

    [Fact]
    public void Agents_AreAllThatThereAre() => Assert.Equal(
        Agents().Select(row => row.Data).Order(),
        Directory.GetFiles(ExamplesFolder, "*-agent.yaml").Select(Path.GetFileName).Order());

    [Theory]
    [InlineData("service-go-liveness-http.yaml", "Error probe-needs-certificate")]
    [InlineData("service-go-liveness-tcp.yaml", "Warning tcp-probe-cannot-fail")]
    [InlineData("service-go-liveness-command.yaml", "")]
    public void Lint_ExampleUnderStrictMtls_FindsWhatTheExperimentShows(string name, string expected)
    {
        var found = Linting.Lint(Example(name) + "\n---\n" + Example("mtls-service-go-on.yaml"));

        Assert.Equal(expected, string.Join(", ", found.Select(finding => $"{finding.Severity} {finding.Rule}")));
    }

    [Theory]
    [InlineData("{selector: {matchLabels: {app: shop}}, mtls: {mode: STRICT}}", "", "Error")]
    [InlineData("{selector: {matchLabels: {app: other}}, mtls: {mode: STRICT}}", "", "Warning")]
    [InlineData("{selector: {matchLabels: {app: shop}}, mtls: {mode: PERMISSIVE}}", "", "Info")]
    [InlineData("{selector: {matchLabels: {app: shop}}, mtls: {mode: STRICT}, portLevelMtls: {80: {mode: DISABLE}}}", "", "Info")]
    [InlineData("{selector: {matchLabels: {app: shop}}, mtls: {mode: PERMISSIVE}, portLevelMtls: {80: {mode: STRICT}}}", "", "Error")]
    [InlineData("{selector: {matchLabels: {app: shop}}, mtls: {mode: PERMISSIVE}, portLevelMtls: {8080: {mode: STRICT}}}", "", "Info")]
    [InlineData("{mtls: {mode: STRICT}, portLevelMtls: {80: {mode: DISABLE}}}", "", "Error")]
    [InlineData("{mtls: {mode: STRICT}}", "other", "Warning")]
    [InlineData("{mtls: {mode: STRICT}}", "istio-system", "Error")]
    [InlineData("{mtls: {mode: UNSET}}", "", "Warning")]
    public void Lint_PeerAuthentication_SaysHowMuchItMatters(string spec, string home, string severity)
    {
        var authentication = $"---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {{name: it, namespace: \"{home}\"}}\nspec: {spec}\n";

        Assert.Equal([$"{severity} {Probe}"], Linting.Lint($"{Linting.Direct}\n{authentication}", "probe-needs-certificate"));
    }

    [Fact]
    public void Lint_NarrowerPeerAuthentication_GoesBeforeTheWider()
    {
        const string Both = """
            ---
            apiVersion: v1
            kind: List
            items:
              - {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {namespace: istio-system}, spec: {mtls: {mode: STRICT}}}
              - {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {}, spec: {mtls: {mode: PERMISSIVE}}}
            """;

        Assert.Equal([$"Info {Probe}"], Linting.Lint($"{Linting.Direct}\n{Both}", "probe-needs-certificate"));
    }

    [Fact]
    public void Lint_TwoPeerAuthenticationsOfOnePod_TakesTheStricter()
    {
        const string Two = """
            ---
            {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: a}, spec: {selector: {matchLabels: {app: shop}}, mtls: {mode: DISABLE}}}
            ---
            {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: b}, spec: {selector: {matchLabels: {app: shop}}, mtls: {mode: STRICT}}}
            """;

        Assert.Equal([$"Error {Probe}"], Linting.Lint($"{Linting.Direct}\n{Two}", "probe-needs-certificate"));
    }

    [Theory]
    [InlineData("Auto", 0)]
    [InlineData("None", 0)]
    [InlineData("Consul", 1)]
    public void Lint_NoSignOfAMesh_GoesByTheOption(string mesh, int count)
    {
        var found = Linting.Lint(
            Linting.Direct.Replace("sidecar.istio.io/rewriteAppHTTPProbers", "example.com/note", StringComparison.Ordinal), new LintOptions { Mesh = Enum.Parse<InjectedMesh>(mesh) });

        Assert.Equal(count, found.Count(finding => finding.Rule == "probe-through-sidecar"));
    }

    [Theory]
    [InlineData("hostNetwork: true\n      containers:")]
    [InlineData("x: y\n      containers:")]
    public void Lint_HostNetwork_IsInNoMesh(string text)
    {
        var found = Linting.Lint(Linting.Direct.Replace("containers:", text, StringComparison.Ordinal), "probe-needs-certificate");

        Assert.Equal(text.StartsWith('x') ? 1 : 0, found.Count());
    }

    [Theory]
    [InlineData("immutable: true", "")]
    [InlineData("immutable: false", "Warning /volumes/0/configMap")]
    [InlineData("", "Info /volumes/0/configMap")]
    public void Lint_ConfigMapOfTheAgent_IsToBeImmutable(string map, string expected)
    {
        var found = Linting.Lint(map.Length == 0 ? WithFile : $"{WithFile}\n---\n{ConfigMap}{map}\n", "mutable-config-map");

        Assert.Equal(expected.Length == 0 ? [] : [expected.Replace(" ", $" {Linting.Pod}", StringComparison.Ordinal)], found);
    }

    [Fact]
    public void Lint_DocumentInAConfigMap_IsReadLikeAnyOther()
    {
        var found = Linting.Lint($"{WithFile}\n---\n{ConfigMap}immutable: true\n", "agent-path-unknown");

        Assert.Equal([$"Error {Linting.Pod}/containers/1/livenessProbe/httpGet/path"], found);
    }

    [Fact]
    public void Lint_DocumentThatIsNotThere_IsNotJudged()
    {
        Assert.DoesNotContain(Linting.Lint(WithFile), finding => finding.Rule is "agent-path-unknown" or "agent-configuration");
    }

    [Theory]
    [InlineData("initContainers", 0)]
    [InlineData("containers", 1)]
    public void Lint_AgentOfAJob_IsToBeANativeSidecar(string place, int count) =>
        Assert.Equal(count, Linting.Lint(Jobs.Replace("PLACE", place, StringComparison.Ordinal), "agent-in-job").Count());

    [Theory]
    [InlineData("1.28", 1)]
    [InlineData("1.29", 0)]
    public void Lint_NativeSidecar_NeedsAClusterThatHasThem(string version, int count) => Assert.Equal(
        count, Linting.Lint(Linting.WithAgent, "agent-blocks-start", new LintOptions { Kubernetes = KubernetesVersion.Parse(version) }).Count());

    [Fact]
    public void Lint_AnnotationsOnTheDeployment_AreSaidToBeThere()
    {
        const string Exclusion = "traffic.sidecar.istio.io/excludeInboundPorts: \"15081\"";
        var moved = Linting.WithAgent.Replace($"        {Exclusion}\n", "", StringComparison.Ordinal)
            .Replace("  name: shop\n", $"  name: shop\n  annotations:\n    {Exclusion}\n", StringComparison.Ordinal);

        Assert.Contains("it stands on the Deployment itself", Assert.Single(Linting.Lint(moved)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  name: shop\n", "  name: shop\n  annotations: {probe-agent/lint-ignore: \"no-agent, probe-needs-certificate\"}\n", 0)]
    [InlineData("      annotations:\n", "      annotations:\n        probe-agent/lint-ignore: probe-needs-certificate\n", 0)]
    [InlineData("      annotations:\n", "      annotations:\n        probe-agent/lint-ignore: no-agent\n", 1)]
    public void Lint_IgnoredRule_IsSilent(string find, string replacement, int count) =>
        Assert.Equal(count, Linting.Lint(Linting.Direct.Replace(find, replacement, StringComparison.Ordinal)).Count);

    [Fact]
    public void Lint_PodsOfAList_AreFoundInTheirDocument()
    {
        var list = "kind: Namespace\n---\nkind: List\nitems:\n  - " + Linting.Direct.Replace("\n", "\n    ", StringComparison.Ordinal);

        var finding = Assert.Single(Linting.Lint(list));

        Assert.Equal((1, $"/items/0{Probe}"), (finding.Document, finding.Pointer));
    }

    [Fact]
    public void Lint_ImageOfTheWebhook_IsNoAgent() => Assert.Empty(Linting.Lint("""
        kind: Pod
        spec:
          containers:
            - name: webhook
              image: ghcr.io/probe-agent/probe-agent:0.1.0
              args: [webhook, --image, "ghcr.io/probe-agent/probe-agent:0.1.0"]
        """));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("kind: Pod")]
    [InlineData("{kind: Pod, metadata: [], spec: {initContainers: {}, containers: [1, null, [], {}]}}")]
    [InlineData("{kind: Pod, metadata: {annotations: 7}, spec: {containers: [{name: [], env: [1, {}], ports: [x, {}], args: [{}], livenessProbe: 1}]}}")]
    [InlineData("{kind: Pod, spec: {volumes: [1], containers: [{name: probe-agent, resources: 1, securityContext: 2, env: {}, lifecycle: {preStop: 1}}]}}")]
    [InlineData("{kind: Pod, spec: {volumes: [1], containers: [{name: probe-agent, volumeMounts: [1, {mountPath: /x, name: a}], env: [{name: PROBEAGENT_CONFIG, value: /x/y}]}]}}")]
    [InlineData("{kind: Pod, spec: {containers: [{livenessProbe: {httpGet: {port: {}, path: 7, host: 1}}, readinessProbe: {httpGet: 1, tcpSocket: []}}]}}")]
    [InlineData("{kind: PeerAuthentication, apiVersion: security.istio.io/v1, spec: 1, metadata: 2}")]
    public void Lint_StrangeManifest_IsSurvived(string manifest)
    {
        var found = Linting.Lint($"{Linting.Direct}\n---\n{manifest}", new LintOptions { Mesh = InjectedMesh.Istio });

        Assert.Contains(found, finding => finding.Rule == "probe-needs-certificate");
    }

    [Theory]
    [InlineData("Istio", null)]
    [InlineData("Linkerd", null)]
    [InlineData("Kuma", "1.28")]
    [InlineData("Consul", null)]
    public void Lint_WhatWasInjected_FindsNothing(string mesh, string? version)
    {
        var before = Linting.Documents(Linting.Direct.Replace("sidecar.istio.io/rewriteAppHTTPProbers", "example.com/note", StringComparison.Ordinal)
            .Replace("periodSeconds: 5", "periodSeconds: 10", StringComparison.Ordinal))[0];
        var kubernetes = version is null ? (KubernetesVersion?)null : KubernetesVersion.Parse(version);
        var options = new InjectionOptions { Image = "ghcr.io/probe-agent/probe-agent:0.1.0", Mesh = Enum.Parse<InjectedMesh>(mesh), Kubernetes = kubernetes };

        var result = new Injector(options).Inject(before, []);

        Assert.Equal(InjectionDecision.Injected, result.Decision);
        Assert.Empty(new Linter(new LintOptions { Mesh = Enum.Parse<InjectedMesh>(mesh), Kubernetes = kubernetes }).Lint([result.Patch.Apply(before)]));
    }

    private static string ExamplesFolder => Path.Combine(SourceTree.Product, "..", "..", "deploy", "examples");

    private static string WithFile { get; } = FileInPlaceOfTheVariable();

    private const string ConfigMap = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: agent}
        data:
          agent.yaml: "checks: [{name: app, httpGet: {port: 80}}]"

        """;

    private static string Example(string name) => File.ReadAllText(Path.Combine(ExamplesFolder, name));

    private static string FileInPlaceOfTheVariable()
    {
        var start = Linting.WithAgent.IndexOf("          env:", StringComparison.Ordinal);
        var end = Linting.WithAgent.IndexOf("          ports:", StringComparison.Ordinal);
        return Linting.WithAgent[..start]
            + "          env: [{name: PROBEAGENT_CONFIG, value: /etc/agent/agent.yaml}]\n          volumeMounts: [{name: config, mountPath: /etc/agent}]\n"
            + Linting.WithAgent[end..]
            + "\n      volumes: [{name: config, configMap: {name: agent}}]";
    }
}
