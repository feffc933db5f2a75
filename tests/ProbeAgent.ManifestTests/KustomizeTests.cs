using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using ProbeAgent.Lab;
using ProbeAgent.ManifestTests.Injecting;

namespace ProbeAgent.ManifestTests;

/// <summary>The webhook's base, and the overlay that the page shows, through the Kustomize in kubectl.</summary>
public sealed class KustomizeTests : IDisposable
{
    private const string Base = "deploy/kustomize/webhook";
    private const string Page = "docs/webhook.md";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_base_is_its_manifest()
    {
        var rendered = Render(Checkout.InRoot(Base));

        Assert.Equal(Sorted(Manifests.Read($"{Base}/webhook.yaml")), Sorted(rendered));
        Assert.Equal(
            ["Deployment", "MutatingWebhookConfiguration", "Namespace", "PodDisruptionBudget", "Service", "ServiceAccount"],
            Manifests.Parse(rendered).Select(resource => ((IKubernetesObject)resource).Kind).Order(StringComparer.Ordinal));
        Assert.Equal(["6 judged"], KubernetesSchemas.Judge([.. YamlValue.Documents(rendered).Select(resource => (Base, resource.AsObject()))]));
    }

    [Fact]
    public void The_overlay_of_the_page_names_the_namespace_the_image_and_the_mesh()
    {
        var rendered = RenderOverlay("newName: registry.example.com");

        var resources = Manifests.Parse(rendered);
        Assert.Equal(["6 judged"], KubernetesSchemas.Judge([.. YamlValue.Documents(rendered).Select(resource => (Page, resource.AsObject()))]));
        Assert.Equal("mesh-tools", resources.OfType<V1Namespace>().Single().Metadata.Name);
        Assert.All(
            resources.Cast<IMetadata<V1ObjectMeta>>().Where(resource => resource is not (V1Namespace or V1MutatingWebhookConfiguration)),
            resource => Assert.Equal("mesh-tools", resource.Metadata.NamespaceProperty));
        var container = resources.OfType<V1Deployment>().Single().Spec.Template.Spec.Containers.Single();
        var image = $"registry.example.com/probe-agent:{ProjectVersion.Value}";
        Assert.Equal(image, container.Image);
        Assert.Equal(["webhook", $"--image={image}", "--mesh=linkerd"], container.Args);
        var configuration = resources.OfType<V1MutatingWebhookConfiguration>().Single();
        Assert.Equal("mesh-tools/probe-agent-webhook", configuration.Metadata.Annotations["cert-manager.io/inject-ca-from"]);
        Assert.All(configuration.Webhooks, webhook => Assert.Equal("mesh-tools", webhook.ClientConfig.Service.NamespaceProperty));
    }

    [Fact]
    public void The_overlay_of_the_page_for_a_certificate_of_ones_own_tells_API_servers_its_authority()
    {
        var rendered = RenderOverlay("caBundle:");

        Assert.Equal(["6 judged"], KubernetesSchemas.Judge([.. YamlValue.Documents(rendered).Select(resource => (Page, resource.AsObject()))]));
        var webhooks = Manifests.Parse(rendered).OfType<V1MutatingWebhookConfiguration>().Single().Webhooks;
        Assert.Equal(
            Manifests.Parse(Manifests.Read($"{Base}/webhook.yaml")).OfType<V1MutatingWebhookConfiguration>().Single().Webhooks.Select(webhook => webhook.Name),
            webhooks.Select(webhook => webhook.Name));
        Assert.All(webhooks, webhook =>
        {
            Assert.Equal("-----BEGIN CERTIFICATE-----", Encoding.ASCII.GetString(webhook.ClientConfig.CaBundle));
            Assert.Equal("probe-agent-webhook", webhook.ClientConfig.Service.Name);
        });
    }

    [Fact]
    public void By_hand_the_authority_comes_into_both_webhooks()
    {
        NeedsKustomize5();
        Directory.CreateSymbolicLink(folder.InIt("deploy"), Checkout.InRoot("deploy"));
        folder.Write("tls.crt", "a certificate");
        var line = ByHand().Single(line => line.StartsWith("kubectl kustomize", StringComparison.Ordinal));

        var start = Command.Describe("bash", ["-c", line.Replace("| kubectl apply -f -", "", StringComparison.Ordinal)]);
        start.WorkingDirectory = folder.Path;
        var run = Command.TryRun(start);

        var webhooks = Manifests.Parse(run.Output).OfType<V1MutatingWebhookConfiguration>().Single().Webhooks;
        Assert.Equal(2, webhooks.Count);
        Assert.All(webhooks, webhook => Assert.Equal("a certificate", Encoding.ASCII.GetString(webhook.ClientConfig.CaBundle)));
    }

    // 'kubectl create' fails where there is one already, and the certificate has to be made again.
    [Fact]
    public void By_hand_it_can_be_done_again()
    {
        var creating = ByHand().Where(line => line.StartsWith("kubectl", StringComparison.Ordinal) && line.Contains(" create ", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, creating.Count);
        Assert.All(creating, line => Assert.EndsWith(" --dry-run=client -o yaml | kubectl apply -f -", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Under_any_name_the_webhooks_own_namespace_is_not_asked_about()
    {
        var resources = Manifests.Parse(Manifests.Read($"{Base}/webhook.yaml"));

        var labels = resources.OfType<V1Namespace>().Single().Metadata.Labels;
        Assert.Equal("disabled", labels["probe-agent/inject"]);
        Assert.All(resources.OfType<V1MutatingWebhookConfiguration>().Single().Webhooks, webhook =>
        {
            var byLabel = webhook.NamespaceSelector.MatchExpressions.Single(one => one.Key == "probe-agent/inject");
            Assert.Equal(byLabel.OperatorProperty == "NotIn", byLabel.Values.Contains("disabled"));
        });
    }

    /// <summary>The block of the webhook's page that has these words.</summary>
    internal static string OnThePage(string words) => Manifests.Read(Page).Split("```yaml\n")[1..].Select(text => text[..(text.IndexOf("\n```", StringComparison.Ordinal) + 1)])
        .Single(block => block.Contains(words, StringComparison.Ordinal));

    private static string[] ByHand() =>
        ProbeAgent.Lab.Page.At(Page).In("sh").Single(block => block.Text.Contains("openssl req", StringComparison.Ordinal)).Text.Split('\n');

    private string RenderOverlay(string words)
    {
        Directory.CreateSymbolicLink(folder.InIt("probe-agent"), Checkout.Root);
        folder.Write("kustomization.yaml", OnThePage(words));
        return Render(folder.Path);
    }

    private static string Render(string folder)
    {
        NeedsKustomize5();
        return Command.Run("kubectl", "kustomize", folder);
    }

    // A kubectl before 1.27 has an older one, which does not know 'patches' and gives a namespace to what has none. Clusters that the webhook is for
    // have a later kubectl.
    private static void NeedsKustomize5()
    {
        Needs.Programs("kubectl");
        var version = Command.TryRun("kubectl", "version", "--client", "--output=json").Output;
        var kustomize = JsonNode.Parse(version)?["kustomizeVersion"]?.GetValue<string>() ?? "an old one";
        Assert.SkipUnless(kustomize.StartsWith("v5.", StringComparison.Ordinal), $"needs a kubectl with Kustomize 5, and this one has {kustomize}");
    }

    private static List<string> Sorted(string text) => [.. YamlValue.Documents(text).Select(YamlValue.Text).Order(StringComparer.Ordinal)];
}
