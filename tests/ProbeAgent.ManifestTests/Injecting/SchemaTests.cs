using System.Text.Json.Nodes;

namespace ProbeAgent.ManifestTests.Injecting;

/// <summary>What comes out has the required fields, types and words of Kubernetes' own schemas; unknown fields are the strict reader's to find.</summary>
public sealed class SchemaTests
{
    // Kinds of the cases that have no schema there: a custom one, and the lists of tools.
    private static readonly string[] WithoutSchema = ["Rollout", "List", "ResourceList", "PeerAuthentication"];

    [Fact]
    public void Every_resource_that_is_written_down_is_valid()
    {
        var resources = GoldenCase.All.Where(golden => golden.IsManifest)
            .SelectMany(golden => YamlValue.Documents(golden.Expected!).SelectMany(PodTemplates.Resources).Select(resource => (golden.Name, resource)))
            .Where(one => !WithoutSchema.Contains($"{one.resource["kind"]}")).ToList();

        var said = KubernetesSchemas.Judge(resources);

        Assert.Equal([$"{resources.Count} judged"], said);
    }

    [Theory]
    [InlineData("""{"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{}}}""", "selector")]
    [InlineData("""{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"a","livenessProbe":{"periodSeconds":"5"}}]}}""", "periodSeconds")]
    public void A_mistake_is_noticed(string json, string field)
    {
        var said = KubernetesSchemas.Judge([("case", JsonNode.Parse(json)!.AsObject())]);

        Assert.Contains(field, said[0], StringComparison.Ordinal);
    }
}
