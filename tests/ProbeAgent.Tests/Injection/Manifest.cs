using System.Text.Json.Nodes;
using ProbeAgent.Injection;
using ProbeAgent.Manifests;

namespace ProbeAgent.Tests.Injection;

/// <summary>Manifests for tests, and what becomes of them.</summary>
internal static class Manifest
{
    public static readonly InjectionOptions Options = new() { Image = "agent:1", Mesh = InjectedMesh.Istio };

    /// <summary>The one document of the text.</summary>
    public static JsonNode Of(string yaml) => Assert.Single(File(yaml).Documents).Value;

    public static ManifestFile File(string yaml)
    {
        var (file, mistake) = ManifestFile.Read(yaml);
        Assert.Null(mistake);
        return file!;
    }

    /// <summary>A Pod with the containers and what else its <c>spec</c> and <c>metadata</c> have.</summary>
    public static JsonNode Pod(string spec, string annotations = "{}") => Of($$"""
        apiVersion: v1
        kind: Pod
        metadata: {name: web, annotations: {{annotations}}}
        spec: {{spec}}
        """);

    public static InjectionResult Inject(JsonNode manifest, InjectionOptions? options = null, params JsonNode[] neighbours) =>
        new Injector(options ?? Options).Inject(manifest, neighbours);

    /// <summary>The pod after the injection, which is to succeed.</summary>
    public static JsonNode Injected(JsonNode manifest, InjectionOptions? options = null)
    {
        var result = Inject(manifest, options);
        Assert.Equal(InjectionDecision.Injected, result.Decision);
        return result.Patch.Apply(manifest);
    }

    /// <summary>What is at a place, as JSON; <c>null</c> where nothing is.</summary>
    public static string At(JsonNode manifest, string pointer) => JsonPointer.Parse(pointer).Find(manifest)?.ToJsonString() ?? "null";
}
