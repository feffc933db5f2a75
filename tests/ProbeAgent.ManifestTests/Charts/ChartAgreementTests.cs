using System.Text.Json.Nodes;
using k8s.Models;
using ProbeAgent.Lab;
using ProbeAgent.ManifestTests.Injecting;

namespace ProbeAgent.ManifestTests.Charts;

/// <summary>The chart, the Kustomize base and the project say the same.</summary>
public sealed class ChartAgreementTests(ChartLab lab)
{
    private const string Base = "deploy/kustomize/webhook/webhook.yaml";

    // Of the base's only: Helm makes the namespace by --create-namespace. Of the chart's only: docs/webhook.md has them for the base.
    private static readonly string[] NotInBoth = ["Namespace", "Issuer", "Certificate"];

    private static readonly string[] OnlyInTheChart = ["app.kubernetes.io/instance", "imagePullPolicy"];

    public static TheoryData<string> Kinds => [.. Resources(Manifests.Read(Base)).Keys];

    [Fact]
    public void The_chart_has_the_resources_of_the_base() =>
        Assert.Equal(Resources(Manifests.Read(Base)).Keys, Resources(lab.RenderSet("as the base", "1.33.1").Output).Keys);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_chart_describes_what_the_base_describes(string kind) =>
        Assert.Equal(Resources(Manifests.Read(Base))[kind], Resources(lab.RenderSet("as the base", "1.33.1").Output)[kind]);

    [Fact]
    public void Cert_manager_is_asked_for_what_the_page_shows_for_the_base()
    {
        var page = OfCertManager(KustomizeTests.OnThePage("kind: Issuer"));

        Assert.Equal(4, page.Count);
        Assert.Equal(page, OfCertManager(lab.RenderSet("cert-manager", "1.33.1").Output));
    }

    [Fact]
    public void By_default_it_differs_in_the_mesh_the_certificate_and_what_is_off()
    {
        var (plain, like) = (Resources(lab.RenderSet("defaults", "1.33.1").Output), Resources(lab.RenderSet("as the base", "1.33.1").Output));

        Assert.Equal(["Secret"], plain.Keys.Except(like.Keys));
        Assert.Equal(["PodDisruptionBudget"], like.Keys.Except(plain.Keys));
        Assert.Equal(plain["Service"] + plain["ServiceAccount"], like["Service"] + like["ServiceAccount"]);
        var webhooks = lab.RenderSet("defaults", "1.33.1").The<V1MutatingWebhookConfiguration>().Webhooks;
        Assert.All(webhooks, webhook => Assert.Equal(("Ignore", 2), (webhook.FailurePolicy, webhook.TimeoutSeconds)));
        Assert.Contains("--mesh=auto", lab.RenderSet("defaults", "1.33.1").Container.Args);
    }

    [Theory]
    [MemberData(nameof(WebhookManifestTests.MeshNames), MemberType = typeof(WebhookManifestTests))]
    public void Its_name_sorts_before_those_of_the_meshes_whatever_the_release_is_called(string mesh)
    {
        var name = lab.RenderAs("zebra", "--set", "mesh=istio").The<V1MutatingWebhookConfiguration>().Metadata.Name;

        Assert.True(string.CompareOrdinal(name, mesh) < 0, $"{mesh} would run before {name}.");
    }

    [Fact]
    public void Its_version_is_that_of_the_project()
    {
        var version = ProjectVersion.Value;
        var chart = YamlValue.Documents(Manifests.Read($"{ChartLab.Chart}/Chart.yaml")).Single();

        Assert.Equal((version, version), ($"{chart["version"]}", $"{chart["appVersion"]}"));
        Assert.EndsWith($":{version}", lab.RenderSet("defaults", "1.33.1").Container.Image, StringComparison.Ordinal);
    }

    [Fact]
    public void None_of_its_files_has_a_tab_or_is_a_copy()
    {
        var files = Directory.EnumerateFiles(Checkout.InRoot(ChartLab.Chart), "*", SearchOption.AllDirectories).ToList();

        Assert.All(files.Where(file => file.Contains("/templates/", StringComparison.Ordinal)), file => Assert.DoesNotContain('\t', File.ReadAllText(file)));
        Assert.All(
            files.Where(file => file.Contains("/files/", StringComparison.Ordinal)),
            file => Assert.True(new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.Exists, file));
    }

    [Theory]
    [InlineData("mesh=auto", "Name the mesh")]
    [InlineData("mesh=istio,failurePolicy=Fail", "no pod can be made")]
    [InlineData("mesh=istio,replicas=1", "one replica")]
    [InlineData("mesh=istio,certificate.validityDays=90", "each upgrade makes another")]
    [InlineData("mesh=istio,hooks.handling=relay,hooks.keySecret.name=keys", "networkPolicy.apiServers")]
    [InlineData("mesh=istio,podMonitor.agents=true,prometheus=annotations", "scraped twice")]
    [InlineData("mesh=istio,podDisruptionBudget.enabled=true,podDisruptionBudget.minAvailable=2", "drained")]
    [InlineData("mesh=istio,podDisruptionBudget.enabled=true,podDisruptionBudget.minAvailable=51%", "drained")]
    [InlineData("mesh=istio,replicas=1,podDisruptionBudget.enabled=true", "drained")]
    public void After_the_installation_a_risky_choice_is_named(string values, string words)
    {
        Assert.Contains(words, lab.Render("--notes", "--set", values).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", lab.Render("--notes", "--set", "mesh=istio").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("podDisruptionBudget.enabled=true")]
    [InlineData("podDisruptionBudget.enabled=true,podDisruptionBudget.minAvailable=50%")]
    [InlineData("podDisruptionBudget.minAvailable=2")]
    [InlineData("podMonitor.enabled=true,podMonitor.agents=true")]
    public void A_choice_without_a_risk_is_not_warned_of(string values) =>
        Assert.DoesNotContain("WARNING", lab.Render("--notes", "--set", $"mesh=istio,{values}").Output, StringComparison.Ordinal);

    [Fact]
    public void After_the_installation_one_reads_when_the_certificate_ends_and_how_to_go_on()
    {
        var notes = lab.Render("--notes", "--set", "mesh=istio,certificate.validityDays=90,certificate.renewBeforeDays=30").Output;

        Assert.Contains($"ends at {TimeProvider.System.GetUtcNow().AddDays(90):yyyy-MM-dd}", notes, StringComparison.Ordinal);
        Assert.Contains("kubectl label namespace shop probe-agent/inject=enabled", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("ends at", lab.Render("--notes", "--set", "mesh=istio,certificate.source=cert-manager").Output, StringComparison.Ordinal);
    }

    // By kind, without what only one of them says: labels of the chart and of its release, and what Kubernetes adds by itself.
    private static SortedDictionary<string, string> Resources(string text)
    {
        var resources = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in YamlValue.Documents(text).Where(document => !NotInBoth.Contains($"{document["kind"]}")))
        {
            resources.Add($"{resource["kind"]}", Text(resource));
        }

        return resources;
    }

    private static List<string> OfCertManager(string text) =>
        [.. YamlValue.Documents(text).Where(document => $"{document["apiVersion"]}" == "cert-manager.io/v1").Select(Text).Order(StringComparer.Ordinal)];

    private static string Text(JsonNode resource)
    {
        resource["metadata"]!.AsObject().Remove("labels");
        return YamlValue.Text(Bare(resource));
    }

    private static JsonNode? Bare(JsonNode? value) => value switch
    {
        JsonObject map => new JsonObject(map.Where(entry => !OnlyInTheChart.Contains(entry.Key)).Select(entry => KeyValuePair.Create(entry.Key, Bare(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Bare)]),
        null => null,
        _ => value.DeepClone(),
    };
}
