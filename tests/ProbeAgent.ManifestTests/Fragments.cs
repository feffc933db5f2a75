using k8s;
using k8s.Models;
using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests;

/// <summary>YAML on pages that is a part of a manifest: a pod template, what is in it, or some of its containers.</summary>
internal static class Fragments
{
    // The first key that is there says what it is a part of.
    private static readonly (string Key, Func<string, object> Read)[] Kinds =
    [
        // Of a Job, which is the one kind that is shown without its group.
        ("kind", yaml => Manifests.Parse("apiVersion: batch/v1\n" + yaml)),
        ("spec", yaml => KubernetesYaml.Deserialize<V1PodTemplateSpec>(yaml, strict: true)),
        ("metadata", yaml => KubernetesYaml.Deserialize<V1PodTemplateSpec>(yaml, strict: true)),
        ("containers", yaml => KubernetesYaml.Deserialize<V1PodSpec>(yaml, strict: true)),
        ("initContainers", yaml => KubernetesYaml.Deserialize<V1PodSpec>(yaml, strict: true)),
        ("volumes", yaml => KubernetesYaml.Deserialize<V1PodSpec>(yaml, strict: true)),
        ("annotations", yaml => KubernetesYaml.Deserialize<V1ObjectMeta>(yaml, strict: true)),
        ("- name", yaml => KubernetesYaml.Deserialize<List<V1Container>>(yaml, strict: true)),
        ("env", Container),
        ("livenessProbe", Container),
        ("readinessProbe", Container),
        ("startupProbe", Container),
        ("lifecycle", Container),
        ("resources", Container),
        ("ports", Container),
        ("image", Container),
        ("securityContext", Container),
    ];

    // Of the agent's document, of what Prometheus and its Alertmanager read, and of a function's ResourceList.
    private static readonly string[] OtherKeys =
        ["listen", "admin", "detail", "checks", "relays", "hooks", "mesh", "drain", "log", "scrape_configs", "groups", "route", "functionConfig"];

    /// <summary>Those of a page, by its path from the root: what is neither a whole manifest, nor the agent's document, nor for Helm or Prometheus.</summary>
    public static IReadOnlyList<PageBlock> Of(string page) =>
    [
        .. Page.At(page).In("yaml").Where(block =>
            !block.IsChartValues && !Manifests.HasKey(block.Text, "apiVersion") && !OtherKeys.Any(key => Manifests.HasKey(block.Text, key))),
    ];

    /// <summary>Reads it; throws at a field that does not exist, and where it is a part of nothing.</summary>
    public static object Parse(PageBlock fragment)
    {
        var read = Kinds.FirstOrDefault(kind => Manifests.HasKey(fragment.Text, kind.Key)).Read
            ?? throw new InvalidOperationException($"{fragment} is a part of nothing that is known here.");
        return read(fragment.Text);
    }

    private static V1Container Container(string yaml) => KubernetesYaml.Deserialize<V1Container>(yaml, strict: true);
}
