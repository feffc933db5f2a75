using k8s;
using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests;

/// <summary>The Kubernetes YAML that the project ships, in files and on pages, and a strict reader for it.</summary>
internal static class Manifests
{
    private static readonly Dictionary<string, Type> CustomResources = new()
    {
        ["security.istio.io/v1/PeerAuthentication"] = typeof(PeerAuthentication),
        ["networking.istio.io/v1/DestinationRule"] = typeof(DestinationRule),
        ["cert-manager.io/v1/Issuer"] = typeof(Issuer),
        ["cert-manager.io/v1/Certificate"] = typeof(Certificate),
        ["monitoring.coreos.com/v1/PodMonitor"] = typeof(PodMonitor),
        ["monitoring.coreos.com/v1/PrometheusRule"] = typeof(PrometheusRule),
        ["argoproj.io/v1alpha1/Application"] = typeof(Application),
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

    /// <summary>The manifests in fenced YAML blocks of a page, by its path from the root: what says its <c>apiVersion</c>, and is not for Kustomize or Grafana.</summary>
    public static IReadOnlyList<PageBlock> Blocks(string page) =>
    [
        .. Page.At(page).In("yaml").Where(block =>
            !block.IsChartValues && HasKey(block.Text, "apiVersion") && !HasKey(block.Text, "providers")
            && !block.Text.Contains("apiVersion: kustomize.config.k8s.io", StringComparison.Ordinal)),
    ];

    /// <summary>
    /// Reads all documents; throws at a field or a kind that does not exist, and at a value of the wrong form.
    /// </summary>
    public static IReadOnlyList<object> Parse(string yaml) =>
        KubernetesYaml.LoadAllFromString(yaml, CustomResources, strict: true);

    /// <summary>True where the YAML has this key at its top.</summary>
    public static bool HasKey(string yaml, string key) =>
        yaml.Split('\n').Any(line => line.StartsWith(key + ":", StringComparison.Ordinal));

    // What Kustomize, Helm and Prometheus read themselves is for no API server.
    private static bool IsOfATool(string file) =>
        file.StartsWith("deploy/helm/", StringComparison.Ordinal) || file.StartsWith("deploy/prometheus/", StringComparison.Ordinal)
        || Path.GetFileName(file) == "kustomization.yaml" || file == "deploy/examples/inject/kustomize/probe-agent.yaml";
}
