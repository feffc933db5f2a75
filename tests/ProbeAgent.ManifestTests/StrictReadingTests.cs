using k8s.Models;
using ProbeAgent.Lab;
using YamlDotNet.Core;

namespace ProbeAgent.ManifestTests;

/// <summary>Every manifest is one an API server would take: known kinds and fields, selectors that select.</summary>
public sealed class StrictReadingTests
{
    public static TheoryData<string> Files => [.. Manifests.Files];

    public static TheoryData<string> Pages => [.. Page.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_file_is_read_strictly(string file) => Assert.NotEmpty(Manifests.Parse(Manifests.Read(file)));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_block_of_a_page_is_read_strictly(string page) =>
        Assert.All(Manifests.Blocks(page), block => Assert.NotEmpty(Manifests.Parse(block.Text)));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_fragment_of_a_page_is_read_strictly(string page) =>
        Assert.All(Fragments.Of(page), fragment => Assert.NotNull(Fragments.Parse(fragment)));

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/webhook.md")]
    [InlineData("docs/getting-started.md")]
    public void The_manifests_of_a_page_are_found(string page) => Assert.NotEmpty(Manifests.Blocks(page));

    [Theory]
    [InlineData("livenesProbe: {}\n")]
    [InlineData("spec:\n  container: []\n")]
    [InlineData("- name: app\n  port: 80\n")]
    [InlineData("something: else\n")]
    public void A_fragment_with_a_field_that_does_not_exist_is_refused(string yaml) =>
        Assert.ThrowsAny<Exception>(() => Fragments.Parse(new PageBlock("docs/any.md", 1, "", "yaml", yaml)));

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_deployment_selects_its_own_pods(string file) =>
        Assert.All(
            Manifests.Parse(Manifests.Read(file)).OfType<V1Deployment>(),
            deployment => Assert.Subset(
                deployment.Spec.Template.Metadata.Labels.ToHashSet(),
                deployment.Spec.Selector.MatchLabels.ToHashSet()));

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_service_selects_the_pods_beside_it_at_a_port_they_declare(string file)
    {
        var resources = Manifests.Parse(Manifests.Read(file));

        Assert.All(resources.OfType<V1Service>(), service =>
        {
            var template = Assert.Single(resources.OfType<V1Deployment>()).Spec.Template;
            Assert.Subset(template.Metadata.Labels.ToHashSet(), service.Spec.Selector.ToHashSet());
            Assert.Contains(
                template.Spec.Containers.SelectMany(container => container.Ports),
                port => $"{port.ContainerPort}" == service.Spec.Ports.Single().TargetPort.Value);
        });
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      livenesProbe: {}\n")]
    [InlineData("apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nspec:\n  mtls:\n    mod: STRICT\n")]
    [InlineData("apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nspec:\n  mtls:\n    mode: STRICKT\n")]
    [InlineData("apiVersion: networking.istio.io/v1\nkind: DestinationRule\nspec: {trafficPolicy: {tls: {mode: ON}}}\n")]
    [InlineData("apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: {ignoreDifferences: [{kind: Deployment, jqPathExpression: [.spec]}]}\n")]
    [InlineData("apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: {syncOptions: [RespectIgnoreDifferences=true]}\n")]
    public void A_misspelt_field_or_value_is_refused(string yaml) =>
        Assert.Throws<YamlException>(() => Manifests.Parse(yaml));

    [Theory]
    [InlineData("apiVersion: v1\nkind: Deployment\n")]
    [InlineData("apiVersion: security.istio.io/v1\nkind: PeerAuthentification\n")]
    public void An_unknown_kind_is_refused(string yaml) => Assert.ThrowsAny<Exception>(() => Manifests.Parse(yaml));
}
