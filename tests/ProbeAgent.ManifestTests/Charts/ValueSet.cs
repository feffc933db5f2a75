namespace ProbeAgent.ManifestTests.Charts;

/// <summary>Values that somebody may give, by a name.</summary>
internal static class ValueSet
{
    // A secret of somebody's own has its authority in a file that the lab writes.
    private const string Authority = "AUTHORITY";

    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly Dictionary<string, string[]> Sets = new()
    {
        ["defaults"] = [],
        ["istio"] = ["--set", "mesh=istio"],
        ["cert-manager"] = ["--set", "mesh=istio,certificate.source=cert-manager"],
        ["an issuer of one's own"] =
        [
            "--set", "mesh=linkerd,certificate.source=cert-manager",
            "--set", "certificate.certManager.issuerRef.kind=ClusterIssuer,certificate.certManager.issuerRef.name=internal",
        ],
        ["a secret of one's own"] =
        [
            "--set", "mesh=kuma,certificate.source=secret,certificate.secret.name=mine",
            "--set-file", $"certificate.secret.caBundle={Authority}",
        ],
        ["as the base"] = ["--set", "mesh=istio,certificate.source=cert-manager,topologySpread.enabled=true,podDisruptionBudget.enabled=true"],
        ["monitored"] =
        [
            "--set", "mesh=consul,podMonitor.enabled=true,podMonitor.agents=true,podMonitor.interval=30s,podMonitor.labels.release=prometheus",
            "--set", "prometheusRule.enabled=true,prometheusRule.labels.release=prometheus",
            "--set", "dashboards.enabled=true,dashboards.annotations.grafana_folder=ProbeAgent",
        ],
        ["everything"] =
        [
            "--set", "mesh=none,onlyCaptured=true,hooks.handling=relay,hooks.keySecret.name=keys,prometheus=annotations,logLevel=debug,logFormat=json",
            "--set", $"replicas=3,image.digest={Digest},image.pullPolicy=Always,agentImage=registry.example.com/agent:1",
            "--set", "failurePolicy=Fail,timeoutSeconds=5,excludedNamespaces={cert-manager,kube-node-lease},priorityClassName=system-cluster-critical",
            "--set", "networkPolicy.enabled=true,networkPolicy.apiServers={10.0.0.1/32,fd00::/8}",
            "--set", "topologySpread.enabled=true,podDisruptionBudget.enabled=true,podDisruptionBudget.minAvailable=50%",
            "--set", @"nodeSelector.kubernetes\.io/os=linux,podLabels.team=mesh,podAnnotations.example\.com/note=seen",
        ],
        ["text that YAML reads as something else"] =
        [
            "--set", "mesh=istio,hooks.handling=relay,certificate.source=secret,podMonitor.enabled=true,podMonitor.agents=true",
            "--set", "prometheusRule.enabled=true,dashboards.enabled=true,fullnameOverride=on",
            "--set-string", "hooks.keySecret.name=456,hooks.keySecret.key=1e3,certificate.secret.name=0123,priorityClassName=789,image.tag=1.0",
            "--set-string", "podLabels.a=on,podAnnotations.a=true,nodeSelector.a=null,podMonitor.labels.a=1,prometheusRule.labels.a=1,dashboards.labels.a=no",
            "--set-file", $"certificate.secret.caBundle={Authority}",
        ],
    };

    /// <summary>Each of them with each version of Kubernetes at the edges of what is tested.</summary>
    public static TheoryData<string, string> OnClusters => [.. Sets.Keys.SelectMany(_ => (string[])["1.28.3", "1.33.1"], (name, version) => (name, version))];

    /// <summary>Names that a release and its namespace may have: the plain ones, others, and such as YAML reads as something else.</summary>
    public static TheoryData<string, string> Releases => new()
    {
        { ChartLab.Release, ChartLab.Release },
        { "zebra", "mesh-tools" },
        { "on", "2024" },
        { "1e3", "0x1f" },
        { "my.release", "no" },
    };

    /// <summary>What comes of one.</summary>
    public static ChartRun RenderSet(this ChartLab lab, string name, string version) => lab.RenderSetAs(ChartLab.Release, ChartLab.Release, name, version);

    /// <summary>The same in a release and a namespace of other names.</summary>
    public static ChartRun RenderSetAs(this ChartLab lab, string release, string ofNamespace, string name, string version) => lab.RenderAs(
        release,
        [
            "--namespace", ofNamespace, "--kube-version", version,
            .. Sets[name].Select(option => option.Replace(Authority, lab.AuthorityFile, StringComparison.Ordinal)),
        ]);
}
