using System.Text.RegularExpressions;
using k8s;
using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests;

/// <summary>The Kubernetes YAML that the project ships, in files and on pages, and a strict reader for it.</summary>
internal static partial class Manifests
{
    private static readonly Dictionary<string, Type> CustomResources = new()
    {
        ["security.istio.io/v1/PeerAuthentication"] = typeof(PeerAuthentication),
        ["networking.istio.io/v1/DestinationRule"] = typeof(DestinationRule),
        ["cert-manager.io/v1/Issuer"] = typeof(Issuer),
        ["cert-manager.io/v1/Certificate"] = typeof(Certificate),
        ["monitoring.coreos.com/v1/PodMonitor"] = typeof(PodMonitor),
        ["monitoring.coreos.com/v1/PrometheusRule"] = typeof(PrometheusRule),
    };

    /// <summary>Every manifest below deploy/, by its path from the root.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. Directory.EnumerateFiles(Checkout.InRoot("deploy"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml")
            .Select(file => Path.GetRelativePath(Checkout.Root, file))
            .Where(file => !IsOfATool(file))
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
        KubernetesYaml.LoadAllFromString(yaml, CustomResources, strict: true);

    // What Kustomize, Helm and Prometheus read themselves is for no API server.
    private static bool IsOfATool(string file) =>
        file.StartsWith("deploy/helm/", StringComparison.Ordinal) || file.StartsWith("deploy/prometheus/", StringComparison.Ordinal)
        || Path.GetFileName(file) == "kustomization.yaml" || file == "deploy/examples/inject/kustomize/probe-agent.yaml";

    [GeneratedRegex(@"(?ms)^```yaml\n(?<yaml>.*?)^```$", RegexOptions.ExplicitCapture)]
    private static partial Regex YamlBlock();
}
