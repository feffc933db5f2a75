namespace ProbeAgent.Mesh;

/// <summary>
/// What a mesh and a pod say to each other in a manifest. Sources: istio <c>pkg/kube/inject</c> and <c>injection-template.yaml</c>,
/// linkerd2 <c>pkg/k8s/labels.go</c>, kuma <c>pkg/plugins/runtime/k8s/metadata/annotations.go</c>, consul-k8s
/// <c>control-plane/connect-inject/constants/annotations_and_labels.go</c>.
/// </summary>
internal sealed record MeshConvention
{
    /// <summary>All that are known.</summary>
    public static IReadOnlyList<MeshConvention> All { get; } =
    [
        new()
        {
            Name = "istio",
            Title = "Istio",
            ProxyId = 1337,
            ExcludedPorts = "traffic.sidecar.istio.io/excludeInboundPorts",
            IncludedPorts = "traffic.sidecar.istio.io/includeInboundPorts",
            Rewriting = new("sidecar.istio.io/rewriteAppHTTPProbers", "false"),
            NeverCaptured = [15020, 15021, 15090],
            Switch = "sidecar.istio.io/inject",
            SwitchedOff = ["false"],
            NamespaceSwitches = ["istio-injection", "istio.io/rev"],
            Keys = ["sidecar.istio.io/", "traffic.sidecar.istio.io/", "proxy.istio.io/", "istio.io/rev", "inject.istio.io/"],
            Group = "istio.io",
            Proxy = "istio-proxy",
            Marks = ["sidecar.istio.io/status"],
        },
        new()
        {
            Name = "linkerd",
            Title = "Linkerd",
            ProxyId = 2102,
            ExcludedPorts = "config.linkerd.io/skip-inbound-ports",
            Switch = "linkerd.io/inject",
            SwitchedOff = ["disabled"],
            NamespaceSwitches = ["linkerd.io/inject"],
            Keys = ["config.linkerd.io/", "config.alpha.linkerd.io/", "config.beta.linkerd.io/", "linkerd.io/"],
            Group = "linkerd.io",
            Proxy = "linkerd-proxy",
            Marks = ["linkerd.io/proxy-version"],
        },
        new()
        {
            Name = "kuma",
            Title = "Kuma",
            ProxyId = 5678,
            ExcludedPorts = "traffic.kuma.io/exclude-inbound-ports",
            Rewriting = new("kuma.io/application-probe-proxy-port", "0"),
            OlderRewriting = new("kuma.io/virtual-probes", "disabled"),
            Switch = "kuma.io/sidecar-injection",
            SwitchedOff = ["disabled", "false"],
            NamespaceSwitches = ["kuma.io/sidecar-injection", "kuma.io/mesh"],
            Keys = ["kuma.io/", "traffic.kuma.io/"],
            Group = "kuma.io",
            Proxy = "kuma-sidecar",
            Marks = ["kuma.io/sidecar-injected"],
        },
        new()
        {
            Name = "consul",
            Title = "Consul",
            ProxyId = 5995,
            ExcludedPorts = "consul.hashicorp.com/transparent-proxy-exclude-inbound-ports",
            Rewriting = new("consul.hashicorp.com/transparent-proxy-overwrite-probes", "false"),
            Switch = "consul.hashicorp.com/connect-inject",
            SwitchedOff = ["false"],
            NamespaceSwitches = ["consul.hashicorp.com/connect-inject"],
            Keys = ["consul.hashicorp.com/"],
            Group = "consul.hashicorp.com",
            Proxy = "consul-dataplane",
            Marks = ["consul.hashicorp.com/connect-inject-status"],
        },
    ];

    /// <summary>As <c>mesh.kind</c> and <c>--mesh</c> name it.</summary>
    public required string Name { get; init; }

    /// <summary>As people name it.</summary>
    public required string Title { get; init; }

    /// <summary>The uid, and the gid, of its proxy.</summary>
    public required int ProxyId { get; init; }

    /// <summary>The annotation that lists ports which are not captured.</summary>
    public required string ExcludedPorts { get; init; }

    /// <summary>The annotation that lists the ports which are captured, and no others are; null where there is none such.</summary>
    public string? IncludedPorts { get; init; }

    /// <summary>The annotation, with its value, that keeps the probes from being rewritten; null where the mesh rewrites none.</summary>
    public KeyValuePair<string, string>? Rewriting { get; init; }

    /// <summary>
    /// The same for a way of rewriting that takes the place of the first where that is off, in versions that still have it; null where
    /// there is none such. Kuma's virtual probes, before 3.0: kuma <c>UPGRADE.md</c>, 2.9, and <c>injector.go</c>.
    /// </summary>
    public KeyValuePair<string, string>? OlderRewriting { get; init; }

    /// <summary>Ports that are never captured.</summary>
    public IReadOnlyList<int> NeverCaptured { get; init; } = [];

    /// <summary>The label or annotation of a pod by which the mesh takes it in, or leaves it alone.</summary>
    public required string Switch { get; init; }

    /// <summary>The values with which it leaves it alone.</summary>
    public required IReadOnlyList<string> SwitchedOff { get; init; }

    /// <summary>Labels or annotations of a namespace by which the mesh takes its pods in.</summary>
    public required IReadOnlyList<string> NamespaceSwitches { get; init; }

    /// <summary>How the keys of labels and annotations begin that are meant for it.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>How the API groups of its resources end.</summary>
    public required string Group { get; init; }

    /// <summary>The container of its proxy.</summary>
    public required string Proxy { get; init; }

    /// <summary>Annotations by which it marks a pod that it has been at.</summary>
    public required IReadOnlyList<string> Marks { get; init; }
}
