using k8s.Models;

namespace ProbeAgent.ManifestTests;

/// <summary>The webhook's manifest: asked before the meshes, in nobody's way, and with nothing to spare.</summary>
public sealed class WebhookManifestTests
{
    private const string File = "deploy/kustomize/webhook/webhook.yaml";

    private static readonly IReadOnlyList<object> Resources = Manifests.Parse(Manifests.Read(File));

    private static V1MutatingWebhookConfiguration Configuration => Resources.OfType<V1MutatingWebhookConfiguration>().Single();

    private static V1Deployment Deployment => Resources.OfType<V1Deployment>().Single();

    private static V1Container Container => Deployment.Spec.Template.Spec.Containers.Single();

    /// <summary>
    /// Names of the meshes' own configurations: istio manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml and
    /// revision-tags-mwc.yaml; linkerd2 pkg/k8s/labels.go (ProxyInjectorWebhookConfig); kuma
    /// deployments/charts/kuma/templates/cp-webhooks-and-secrets.yaml; consul-k8s
    /// charts/consul/templates/connect-inject-mutatingwebhookconfiguration.yaml, whose prefix is the release's name.
    /// </summary>
    public static TheoryData<string> MeshNames =>
    [
        "istio-sidecar-injector", "istio-sidecar-injector-canary", "istio-revision-tag-default", "linkerd-proxy-injector-webhook-config",
        "kuma-admission-mutating-webhook-configuration", "consul-connect-injector", "hashicorp-consul-connect-injector",
    ];

    // The API server sorts configurations by name, byte by byte (k8s.io/apiserver pkg/admission/configuration/mutating_webhook_manager.go).
    [Theory]
    [MemberData(nameof(MeshNames))]
    public void Its_name_sorts_before_those_of_the_meshes(string mesh) =>
        Assert.True(string.CompareOrdinal(Configuration.Metadata.Name, mesh) < 0, $"{mesh} would run first.");

    [Fact]
    public void Each_of_its_webhooks_can_hold_up_nobody_and_is_asked_about_new_pods_only() => Assert.All(Configuration.Webhooks, webhook =>
    {
        Assert.Equal(("Ignore", 2, "None", "IfNeeded", "Equivalent"),
            (webhook.FailurePolicy, webhook.TimeoutSeconds, webhook.SideEffects, webhook.ReinvocationPolicy, webhook.MatchPolicy));
        Assert.Equal(["v1"], webhook.AdmissionReviewVersions);
        var rule = Assert.Single(webhook.Rules);
        Assert.Equal("CREATE pods", string.Join(' ', rule.Operations.Concat(rule.Resources)));
        Assert.Equal("/v1", string.Join('/', rule.ApiGroups.Concat(rule.ApiVersions)));
        Assert.True(webhook.Name.Split('.').Length >= 3, "The API server wants three segments.");
    });

    [Theory]
    [InlineData("shop", "enabled", null, 1)]
    [InlineData("shop", "enabled", "enabled", 1)]
    [InlineData("shop", "enabled", "disabled", 0)]
    [InlineData("shop", null, null, 0)]
    [InlineData("shop", null, "enabled", 1)]
    [InlineData("shop", "disabled", "enabled", 0)]
    [InlineData("kube-system", "enabled", "enabled", 0)]
    [InlineData("kube-system", null, "enabled", 0)]
    [InlineData("probe-agent", "enabled", "enabled", 0)]
    [InlineData("probe-agent", null, "enabled", 0)]
    public void It_is_asked_once_about_the_pods_that_are_chosen(string name, string? ofNamespace, string? ofPod, int times)
    {
        var labelsOfNamespace = Labels(ofNamespace);
        labelsOfNamespace["kubernetes.io/metadata.name"] = name;
        var labelsOfPod = Labels(ofPod);

        Assert.Equal(times, Configuration.Webhooks.Count(webhook =>
            Selects(webhook.NamespaceSelector, labelsOfNamespace) && Selects(webhook.ObjectSelector, labelsOfPod)));
    }

    [Fact]
    public void It_asks_its_own_service_at_the_port_that_is_listened_on() => Assert.All(Configuration.Webhooks, webhook =>
    {
        var service = Resources.OfType<V1Service>().Single();
        var asked = webhook.ClientConfig.Service;
        Assert.Equal((service.Metadata.Name, service.Metadata.NamespaceProperty, "/mutate"), (asked.Name, asked.NamespaceProperty, asked.Path));
        Assert.Equal(service.Spec.Ports.Single().Port, asked.Port);
        Assert.Equal("8443", service.Spec.Ports.Single().TargetPort.Value);
        Assert.Contains(Container.Ports, port => port.ContainerPort == 8443);
    });

    [Fact]
    public void It_runs_twice_without_rights_or_a_mesh()
    {
        var template = Deployment.Spec.Template;
        Assert.Equal((2, 0), (Deployment.Spec.Replicas, int.Parse(Deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value, null)));
        Assert.False(template.Spec.AutomountServiceAccountToken);
        Assert.False(Resources.OfType<V1ServiceAccount>().Single().AutomountServiceAccountToken);
        Assert.Equal("false", template.Metadata.Labels["sidecar.istio.io/inject"]);
        Assert.Equal("disabled", template.Metadata.Labels["kuma.io/sidecar-injection"]);
        Assert.Equal("disabled", template.Metadata.Annotations["linkerd.io/inject"]);
        Assert.Equal("false", template.Metadata.Annotations["consul.hashicorp.com/connect-inject"]);
    }

    [Fact]
    public void Its_container_is_hardened_and_not_throttled()
    {
        var security = Container.SecurityContext;
        Assert.Equal((true, 65532L, true, false), (security.RunAsNonRoot, security.RunAsUser, security.ReadOnlyRootFilesystem, security.AllowPrivilegeEscalation));
        Assert.Equal(["ALL"], security.Capabilities.Drop);
        Assert.Equal("RuntimeDefault", security.SeccompProfile.Type);
        Assert.False(Container.Resources.Limits.ContainsKey("cpu"));
        Assert.True(Container.Resources.Limits.ContainsKey("memory"));
        Assert.DoesNotContain(":latest", Container.Image, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Labels(string? inject) => inject is null ? [] : new() { ["probe-agent/inject"] = inject };

    // As k8s.io/apimachinery pkg/labels: NotIn holds where the key is not there.
    private static bool Selects(V1LabelSelector selector, Dictionary<string, string> labels)
    {
        Assert.Null(selector.MatchLabels);
        return selector.MatchExpressions.All(one => one.OperatorProperty switch
        {
            "In" => labels.TryGetValue(one.Key, out var value) && one.Values.Contains(value),
            "NotIn" => !labels.TryGetValue(one.Key, out var value) || !one.Values.Contains(value),
            _ => throw new InvalidOperationException($"'{one.OperatorProperty}' is not read here"),
        });
    }
}
