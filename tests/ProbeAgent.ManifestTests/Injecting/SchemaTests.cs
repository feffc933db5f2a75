using System.Diagnostics;
using System.Text.Json.Nodes;
using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests.Injecting;

/// <summary>What comes out has the required fields, types and words of Kubernetes' own schemas; unknown fields are the strict reader's to find.</summary>
public sealed class SchemaTests
{
    private const string Folder = "artifacts/kubernetes-models";

    // Kinds of the cases that have no schema there: a custom one, and the lists of tools.
    private static readonly string[] WithoutSchema = ["Rollout", "List", "ResourceList", "PeerAuthentication"];

    [Fact]
    public void Every_resource_that_is_written_down_is_valid()
    {
        var resources = GoldenCase.All.Where(golden => golden.IsManifest)
            .SelectMany(golden => YamlValue.Documents(golden.Expected!).SelectMany(PodTemplates.Resources).Select(resource => (golden.Name, resource)))
            .Where(one => !WithoutSchema.Contains($"{one.resource["kind"]}")).ToList();

        var said = Judge(resources);

        Assert.Equal([$"{resources.Count} judged"], said);
    }

    [Theory]
    [InlineData("""{"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{}}}""", "selector")]
    [InlineData("""{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"a","livenessProbe":{"periodSeconds":"5"}}]}}""", "periodSeconds")]
    public void A_mistake_is_noticed(string json, string field)
    {
        var said = Judge([("case", JsonNode.Parse(json)!.AsObject())]);

        Assert.Contains(field, said[0], StringComparison.Ordinal);
    }

    /// <summary>What the schemas say of each resource, and last how many they have judged.</summary>
    internal static string[] Judge(IReadOnlyList<(string Source, JsonObject Resource)> resources)
    {
        Needs.Programs("node");
        Assert.SkipUnless(Directory.Exists(Checkout.InRoot($"{Folder}/node_modules/kubernetes-models")), $"needs kubernetes-models of npm, which tests/run puts into {Folder}");
        File.Copy(Checkout.InRoot("tests/ProbeAgent.ManifestTests/schemas/judge.js"), Checkout.InRoot($"{Folder}/judge.js"), overwrite: true);
        var input = new JsonArray([.. resources.Select(one => new JsonObject { ["source"] = one.Source, ["resource"] = one.Resource.DeepClone() })]);

        var start = Command.Describe("node", [Checkout.InRoot($"{Folder}/judge.js")]);
        start.RedirectStandardInput = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input.ToJsonString());
        process.StandardInput.Close();
        process.WaitForExit();
        return output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
