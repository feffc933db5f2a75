using System.Text.RegularExpressions;
using k8s;
using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests;

/// <summary>The Kubernetes YAML that the project ships, in files and on pages, and a strict reader for it.</summary>
internal static partial class Manifests
{
    private static readonly Dictionary<string, Type> IstioResources = new()
    {
        ["security.istio.io/v1/PeerAuthentication"] = typeof(PeerAuthentication),
        ["networking.istio.io/v1/DestinationRule"] = typeof(DestinationRule),
    };

    /// <summary>Every manifest below deploy/, by its path from the root.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. Directory.EnumerateFiles(Checkout.InRoot("deploy"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml")
            // Kustomize's own files are for no API server.
            .Where(file => !file.Contains("/kustomize/", StringComparison.Ordinal) || file.EndsWith("service-go.yaml", StringComparison.Ordinal))
            // A rule file is for Prometheus; MonitoringSchemaTests makes a resource of it.
            .Where(file => !file.Contains("/deploy/prometheus/", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Checkout.Root, file))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of a file, by its path from the root.</summary>
    public static string Read(string path) => File.ReadAllText(Checkout.InRoot(path));

    /// <summary>The manifests in fenced YAML blocks of a page, by its path from the root; the agent's own documents are none.</summary>
    public static IReadOnlyList<string> Blocks(string page) =>
    [
        .. YamlBlock().Matches(Read(page)).Select(block => block.Groups["yaml"].Value)
            .Where(yaml => yaml.Contains("kind: ", StringComparison.Ordinal)),
    ];

    /// <summary>
    /// Reads all documents; throws at a field or a kind that does not exist, and at a value of the wrong form.
    /// </summary>
    public static IReadOnlyList<object> Parse(string yaml) =>
        KubernetesYaml.LoadAllFromString(yaml, IstioResources, strict: true);

    [GeneratedRegex(@"(?ms)^```yaml\n(?<yaml>.*?)^```$", RegexOptions.ExplicitCapture)]
    private static partial Regex YamlBlock();
}
