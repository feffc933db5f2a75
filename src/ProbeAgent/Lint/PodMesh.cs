using System.Globalization;
using System.Text.Json.Nodes;
using ProbeAgent.Injection;
using ProbeAgent.Mesh;

namespace ProbeAgent.Lint;

/// <summary>The mesh of a pod, and what the pod says to it.</summary>
/// <param name="convention">Which mesh.</param>
/// <param name="template">The pod.</param>
/// <param name="authentications">What its sidecars are told to accept.</param>
internal sealed class PodMesh(MeshConvention convention, PodTemplate template, PeerAuthentications authentications)
{
    // What Go's strconv.ParseBool takes for false: so do Istio's and Consul's webhooks.
    private static readonly string[] NotTrue = ["0", "f", "F", "false", "FALSE", "False"];

    /// <summary>What is known of it.</summary>
    public MeshConvention Convention => convention;

    /// <summary>As people name it.</summary>
    public string Title => convention.Title;

    /// <summary>True where only ports that are listed are captured, so that the list of excluded ones counts for nothing.</summary>
    public bool CapturesListedOnly => Included is { IsThere: true, IsAll: false };

    /// <summary>True where its webhook moves probes to a port of its own.</summary>
    public bool IsRewriting => convention.Rewriting is { } rewriting && !(AnnotationText(rewriting.Key) is { } given
        && (rewriting.Value == "false" ? NotTrue.Contains(given) : given == rewriting.Value));

    /// <summary>True where no more than the policy of a server decides who may ask: then the kubelet is let in as long as there is none.</summary>
    public bool IsOpenByDefault => convention.Name == "linkerd";

    /// <summary>True where lifecycle hooks are moved, too (istio PR 53654).</summary>
    public bool IsRewritingHooks => IsRewriting && convention.Name == "istio";

    /// <summary>
    /// True where a probe's port is left alone once the rewriting is off (kuma 3, pod_probe_overrider.go).
    /// </summary>
    public bool LeavesProbedPortsAlone => convention.Name == "kuma" && !IsRewriting;

    private PortList Included => new(convention.IncludedPorts is { } key ? AnnotationText(key) : null);

    /// <summary>True where its webhook moves a probe of that kind: Consul's knows <c>httpGet</c> only.</summary>
    public bool Rewrites(string way) => IsRewriting && (convention.Name != "consul" || way == "httpGet");

    /// <summary>True where what comes to the port goes into the sidecar.</summary>
    public bool Captures(int port) =>
        !convention.NeverCaptured.Contains(port)
        && !(convention.Name == "istio" && AnnotationText("sidecar.istio.io/interceptionMode") == "NONE")
        && (CapturesListedOnly ? Included.Contains(port) : !new PortList(AnnotationText(convention.ExcludedPorts)).Contains(port));

    /// <summary>What the sidecar accepts at a port.</summary>
    public MtlsMode ModeOf(int port) => convention.Name == "istio" ? authentications.ModeOf(template, port) : MtlsMode.Unknown;

    /// <summary>How much it matters that something comes to a captured port without a certificate.</summary>
    public FindingSeverity SeverityAt(int port) => ModeOf(port) switch
    {
        MtlsMode.Strict => FindingSeverity.Error,
        MtlsMode.Unknown => FindingSeverity.Warning,
        _ => FindingSeverity.Info,
    };

    /// <summary>The value of an annotation of the pod, also where it lacks its quotes; null where there is none.</summary>
    public string? AnnotationText(string key) => template.Annotations?[key] is not JsonValue value ? null
        : template.Annotations.Text(key) ?? value.ToJsonString();

    /// <summary>The annotation that keeps a port out of the capture, with those that are in it already.</summary>
    public string ExcludingAnnotation(int port) => string.Create(
        CultureInfo.InvariantCulture, $"{convention.ExcludedPorts}: \"{new PortList(AnnotationText(convention.ExcludedPorts)).With(port)}\"");
}
