using System.Text;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using ProbeAgent.Lab;
using ProbeAgent.ManifestTests.Injecting;

namespace ProbeAgent.ManifestTests.Charts;

/// <summary>Whatever is chosen, what the chart makes is what an API server takes and what the webhook starts with.</summary>
public sealed partial class RenderedChartTests(ChartLab lab)
{
    private const string NoCertificate = "/nonexistent/tls.crt";

    // k8s.io/api core/v1 MaxSecretSize, which ConfigMaps are held to as well.
    private const int MaxConfigMapBytes = 1024 * 1024;

    // cert-manager's are not among the compiled schemas; the strict reader has their fields.
    private static readonly string[] WithoutSchema = ["Issuer", "Certificate"];

    private static readonly string[] OfTheCluster = ["MutatingWebhookConfiguration"];

    public static TheoryData<string, string> Sets => ValueSet.OnClusters;

    [Theory]
    [MemberData(nameof(Sets))]
    public void Each_resource_has_known_fields_only(string values, string version) => Assert.NotEmpty(lab.RenderSet(values, version).Resources);

    [Fact]
    public void Each_resource_has_what_its_schema_wants()
    {
        var bySet = ValueSet.OnClusters.Select(set => (Source: $"{set.Data}", Run: lab.RenderSet(set.Data.Item1, set.Data.Item2)));
        var byRelease = ValueSet.Releases.Select(one => (Source: $"{one.Data}", Run: lab.RenderSetAs(one.Data.Item1, one.Data.Item2, "as the base", "1.33.1")));
        var resources = bySet.Concat(byRelease).SelectMany(one => one.Run.Documents.Select(resource => (one.Source, resource)))
            .Where(one => !WithoutSchema.Contains($"{one.resource["kind"]}")).ToList();

        Assert.Equal([$"{resources.Count} judged"], KubernetesSchemas.Judge(resources));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Lint_finds_nothing(string values, string version)
    {
        var run = InjectRun.Start(Path.GetTempPath(), Encoding.UTF8.GetBytes(lab.RenderSet(values, version).Output), "lint", "-f", "-", "--fail-on", "warning");

        Assert.True(run.ExitCode == 0, run.Text + run.Error);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_webhook_takes_its_arguments(string values, string version)
    {
        var container = lab.RenderSet(values, version).Container;
        var start = Command.Describe(Path.GetFullPath(Checkout.AgentBinary), [.. container.Args, $"--tls-cert-file={NoCertificate}"]);
        foreach (var variable in container.Env ?? [])
        {
            start.Environment[variable.Name] = "0123456789abcdef";
        }

        var run = Command.TryRun(start);

        // The one mistake is the certificate, which is not there.
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(NoCertificate, Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Each_resource_is_in_the_namespace_of_the_release_and_says_whose_it_is(string values, string version) =>
        Assert.All(lab.RenderSet(values, version).Resources.Cast<IMetadata<V1ObjectMeta>>(), resource =>
        {
            var about = resource.Metadata;
            Assert.Equal(OfTheCluster.Contains(((IKubernetesObject)resource).Kind) ? null : ChartLab.Release, about.NamespaceProperty);
            Assert.Equal(
                ($"probe-agent-{ProjectVersion.Value}", "probe-agent-webhook", ChartLab.Release, ProjectVersion.Value, "Helm"),
                (about.Labels["helm.sh/chart"], about.Labels["app.kubernetes.io/name"], about.Labels["app.kubernetes.io/instance"],
                    about.Labels["app.kubernetes.io/version"], about.Labels["app.kubernetes.io/managed-by"]));
        });

    [Theory]
    [MemberData(nameof(Sets))]
    public void Everything_that_selects_finds_the_pods(string values, string version) => AssertSelected(lab.RenderSet(values, version));

    [Theory]
    [MemberData(nameof(ValueSet.Releases), MemberType = typeof(ValueSet))]
    public void Everything_that_selects_finds_the_pods_of_any_release(string release, string ofNamespace) =>
        Assert.All(["as the base", "monitored", "everything"], values =>
        {
            var run = lab.RenderSetAs(release, ofNamespace, values, "1.33.1");
            AssertSelected(run);
            Assert.All(
                run.Resources.Cast<IMetadata<V1ObjectMeta>>().Where(resource => resource is not V1MutatingWebhookConfiguration),
                resource => Assert.Equal((ofNamespace, release), (resource.Metadata.NamespaceProperty, resource.Metadata.Labels["app.kubernetes.io/instance"])));
            Assert.All(run.The<V1MutatingWebhookConfiguration>().Webhooks, webhook =>
            {
                var called = webhook.ClientConfig.Service;
                Assert.Equal((run.The<V1Service>().Metadata.Name, ofNamespace), (called.Name, called.NamespaceProperty));
                Assert.Contains(ofNamespace, webhook.NamespaceSelector.MatchExpressions.Single(one => one.Key == "kubernetes.io/metadata.name").Values);
            });
        });

    [Theory]
    [InlineData("a-release-whose-name-has-all-the-53-letters-it-may-ab", "mesh=istio")]
    [InlineData("probe-agent", "fullnameOverride=a-name-that-somebody-chose-with-all-of-its-50-letr")]
    [InlineData("a-release-that-is-cut-between-its-two-hyphens-at--b", "mesh=istio")]
    [InlineData("1st", "mesh=istio")]
    [InlineData("2-probe-agent", "mesh=istio")]
    [InlineData("my.release", "mesh=istio")]
    [InlineData("0.1", "mesh=istio")]
    public void Names_and_labels_fit_whatever_the_release_is_called(string release, string values) =>
        Assert.All(
            lab.RenderAs(release, "--set", $"{values},certificate.source=cert-manager,podMonitor.enabled=true,podMonitor.agents=true",
                "--set", "dashboards.enabled=true,prometheusRule.enabled=true").Resources.Cast<IMetadata<V1ObjectMeta>>(),
            resource =>
            {
                Assert.Matches(resource is V1MutatingWebhookConfiguration ? Subdomain() : Label(), resource.Metadata.Name);
                Assert.All(resource.Metadata.Labels.Values, value => Assert.InRange(value.Length, 1, 63));
            });

    [Fact]
    public void Below_1_29_it_is_told_the_version_and_from_there_on_not()
    {
        Assert.Contains("--kube-version=1.28", lab.RenderSet("defaults", "1.28.3").Container.Args);
        Assert.Contains("--kube-version=1.28", lab.Render("--kube-version", "1.28.15-eks-7f9249a").Container.Args);
        Assert.DoesNotContain("--kube-version", string.Join(' ', lab.RenderSet("defaults", "1.33.1").Container.Args), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_asked_for_comes_out()
    {
        var run = lab.RenderSet("everything", "1.33.1");
        var container = run.Container;
        const string Image = "ghcr.io/probe-agent/probe-agent@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        Assert.Equal(Image, container.Image);
        Assert.Equal(
            [
                "webhook", "--image=registry.example.com/agent:1", "--mesh=none", "--only-captured", "--hooks=relay", "--prometheus=annotations", "--log-level=debug",
                "--log-format=json",
            ],
            container.Args);
        var key = Assert.Single(container.Env);
        Assert.Equal(("PROBEAGENT_HOOK_KEY", "keys", "hook-key"), (key.Name, key.ValueFrom.SecretKeyRef.Name, key.ValueFrom.SecretKeyRef.Key));
        var template = run.The<V1Deployment>().Spec.Template;
        var annotations = template.Metadata.Annotations;
        Assert.Equal(("mesh", "seen", "true"), (template.Metadata.Labels["team"], annotations["example.com/note"], annotations["prometheus.io/scrape"]));
        Assert.Equal(("system-cluster-critical", "linux"), (template.Spec.PriorityClassName, template.Spec.NodeSelector["kubernetes.io/os"]));
        Assert.All(run.The<V1MutatingWebhookConfiguration>().Webhooks, webhook =>
        {
            Assert.Equal(("Fail", 5), (webhook.FailurePolicy, webhook.TimeoutSeconds));
            Assert.Equal(
                ["kube-system", "probe-agent", "cert-manager", "kube-node-lease"],
                webhook.NamespaceSelector.MatchExpressions.Single(one => one.Key == "kubernetes.io/metadata.name").Values);
        });
        Assert.Equal(["10.0.0.1/32", "fd00::/8"], run.The<V1NetworkPolicy>().Spec.Ingress[0].FromProperty.Select(peer => peer.IpBlock.Cidr));
        Assert.Null(run.The<V1NetworkPolicy>().Spec.Egress);
        Assert.Equal("50%", run.The<V1PodDisruptionBudget>().Spec.MinAvailable.Value);
    }

    [Fact]
    public void Where_the_platform_chooses_the_ids_they_can_be_left_to_it()
    {
        const string Advice = "securityContext.runAsUser=null,securityContext.runAsGroup=null,podSecurityContext.fsGroup=null";
        Assert.Contains($"`--set {Advice}`", Manifests.Read($"{ChartLab.Chart}/README.md"), StringComparison.Ordinal);

        var pod = lab.Render("--set", Advice).The<V1Deployment>().Spec.Template.Spec;

        Assert.Null(pod.SecurityContext);
        var security = pod.Containers.Single().SecurityContext;
        Assert.Equal((true, null, null), (security.RunAsNonRoot, security.RunAsUser, security.RunAsGroup));
    }

    [Fact]
    public void Nobodys_label_or_annotation_takes_the_pods_out_of_their_selector_or_into_a_mesh()
    {
        var pods = lab.Render(
            "--set", @"podLabels.app\.kubernetes\.io/name=mine,podAnnotations.linkerd\.io/inject=enabled",
            "--set-string", @"podLabels.sidecar\.istio\.io/inject=true,podLabels.kuma\.io/sidecar-injection=enabled",
            "--set-string", @"podAnnotations.consul\.hashicorp\.com/connect-inject=true,podAnnotations.prometheus\.io/scrape=false")
            .The<V1Deployment>().Spec.Template.Metadata;

        Assert.Equal(
            ("probe-agent-webhook", "false", "disabled"),
            (pods.Labels["app.kubernetes.io/name"], pods.Labels["sidecar.istio.io/inject"], pods.Labels["kuma.io/sidecar-injection"]));
        Assert.Equal(("disabled", "false"), (pods.Annotations["linkerd.io/inject"], pods.Annotations["consul.hashicorp.com/connect-inject"]));
        Assert.Equal("false", pods.Annotations["prometheus.io/scrape"]);
    }

    [Fact]
    public void Prometheus_finds_the_webhook_and_the_agents_by_the_ports_that_they_have()
    {
        var run = lab.RenderSet("monitored", "1.33.1");
        var monitors = run.Resources.OfType<PodMonitor>().ToDictionary(monitor => monitor.Metadata.Name);

        var ofTheWebhook = monitors["probe-agent-webhook"].Spec!.PodMetricsEndpoints!.Single();
        Assert.Equal(15081, run.Container.Ports.Single(port => port.Name == ofTheWebhook.Port).ContainerPort);
        Assert.DoesNotContain("prometheus.io/scrape", run.The<V1Deployment>().Spec.Template.Metadata.Annotations.Keys);
        var ofTheAgents = monitors["probe-agent-agents"].Spec!;
        var injected = InjectRun.InjectInput(Manifests.Read("deploy/examples/service-go-liveness-http.yaml"), "--image", InjectRun.Image, "--mesh", "istio");
        var agent = Manifests.Parse(injected.Text).OfType<V1Deployment>().Single().Spec.Template.Spec.InitContainers.Single();
        Assert.Equal(15081, agent.Ports.Single(port => port.Name == ofTheAgents.PodMetricsEndpoints!.Single().Port).ContainerPort);
        Assert.True(ofTheAgents.NamespaceSelector!.Any);
        Assert.All(monitors.Values, monitor => Assert.Equal("prometheus", monitor.Metadata.Labels["release"]));
        Assert.All(monitors.Values, monitor => Assert.Equal("30s", monitor.Spec!.PodMetricsEndpoints!.Single().Interval));
    }

    [Theory]
    [InlineData("podMonitor.enabled=true", "probe-agent-webhook")]
    [InlineData("podMonitor.agents=true", "probe-agent-agents")]
    public void Each_monitor_comes_by_itself(string values, string name) =>
        Assert.Equal(name, lab.Render("--set", values).The<PodMonitor>().Metadata.Name);

    // The alerts say {{ $labels.namespace }}/{{ $labels.job }}, and a PodMonitor alone makes the job <namespace>/<name>.
    [Fact]
    public void The_job_of_the_webhook_is_its_Deployment()
    {
        var run = lab.RenderAs("zebra", "--set", "podMonitor.enabled=true");

        var rule = run.The<PodMonitor>().Spec!.PodMetricsEndpoints!.Single().Relabelings!.Single();
        Assert.Equal(("job", run.The<V1Deployment>().Metadata.Name), (rule.TargetLabel, rule.Replacement));
        Assert.Null(rule.SourceLabels);
    }

    // Without it all agents of the cluster were one job, and the alert on a workload that is down would wait for all of them.
    [Theory]
    [InlineData("orders", "shop", "orders")]
    [InlineData("orders", "", "orders")]
    [InlineData("", "web", "web")]
    [InlineData("", "", null)]
    public void A_job_of_the_agents_is_a_workload(string name, string app, string? job)
    {
        var rule = lab.RenderSet("monitored", "1.33.1").Resources.OfType<PodMonitor>().Single(monitor => monitor.Metadata.Name == "probe-agent-agents")
            .Spec!.PodMetricsEndpoints!.Single().Relabelings!.Single();
        Assert.Equal("job", rule.TargetLabel);
        Assert.Equal(["__meta_kubernetes_pod_label_app_kubernetes_io_name", "__meta_kubernetes_pod_label_app"], rule.SourceLabels);

        // Prometheus anchors the expression at both ends, and leaves the label as it was where it does not match.
        var match = Regex.Match($"{name}{rule.Separator}{app}", $@"\A(?:{rule.Regex})\z", RegexOptions.None, TimeSpan.FromSeconds(1));

        Assert.Equal(job, match.Success ? match.Groups[1].Value : null);
    }

    [Fact]
    public void Alerts_and_dashboards_are_those_of_the_project()
    {
        var run = lab.RenderSet("monitored", "1.33.1");

        var rule = run.Documents.Single(document => $"{document["kind"]}" == "PrometheusRule");
        Assert.Equal(YamlValue.Text(YamlValue.Documents(Manifests.Read("deploy/prometheus/alerts.yaml")).Single()), YamlValue.Text(rule["spec"]));
        var dashboards = run.The<V1ConfigMap>();
        Assert.Equal(("1", "ProbeAgent"), (dashboards.Metadata.Labels["grafana_dashboard"], dashboards.Metadata.Annotations["grafana_folder"]));
        Assert.Equal(
            Directory.EnumerateFiles(Checkout.InRoot("deploy/grafana"), "*.json").Select(file => $"probe-agent-{Path.GetFileName(file)}").Order(StringComparer.Ordinal),
            dashboards.Data.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(dashboards.Data.Sum(one => one.Value.Length), 1, MaxConfigMapBytes);
        Assert.All(dashboards.Data, one => Assert.Equal(
            Manifests.Read($"deploy/grafana/{one.Key["probe-agent-".Length..]}").Trim(), one.Value));
    }

    private static void AssertSelected(ChartRun run)
    {
        var labels = run.The<V1Deployment>().Spec.Template.Metadata.Labels.ToHashSet();

        Assert.Subset(labels, run.The<V1Deployment>().Spec.Selector.MatchLabels.ToHashSet());
        Assert.Subset(labels, run.The<V1Service>().Spec.Selector.ToHashSet());
        Assert.All(run.Resources.OfType<V1PodDisruptionBudget>(), budget => Assert.Subset(labels, budget.Spec.Selector.MatchLabels.ToHashSet()));
        Assert.All(run.Resources.OfType<V1NetworkPolicy>(), policy => Assert.Subset(labels, policy.Spec.PodSelector.MatchLabels.ToHashSet()));
        var ofTheWebhook = run.Resources.OfType<PodMonitor>().Where(monitor => monitor.Spec!.PodMetricsEndpoints!.Single().Port == "metrics");
        Assert.All(ofTheWebhook, monitor => Assert.Subset(labels, monitor.Spec!.Selector!.MatchLabels.ToHashSet()));
        var mounted = run.The<V1Deployment>().Spec.Template.Spec.Volumes.Single().Secret.SecretName;
        var written = run.Resources.OfType<V1Secret>().Select(secret => secret.Metadata.Name)
            .Concat(run.Resources.OfType<Certificate>().Where(certificate => !certificate.Spec!.IsCA).Select(certificate => certificate.Spec!.SecretName));
        Assert.All(written, secret => Assert.Equal(mounted, secret));
    }

    [GeneratedRegex(@"\A[a-z]([-a-z0-9]{0,61}[a-z0-9])?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Label();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Subdomain();
}
