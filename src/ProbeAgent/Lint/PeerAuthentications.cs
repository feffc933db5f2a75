using System.Globalization;
using System.Text.Json.Nodes;
using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>
/// Istio's <c>PeerAuthentication</c>s of a deployment: one that selects the pod goes before that of its namespace, that before the one of the mesh,
/// and what is not set comes from the next (istio.io, PeerAuthentication).
/// </summary>
internal sealed class PeerAuthentications(IReadOnlyList<JsonObject> resources)
{
    // meshConfig.rootNamespace, as it is by default.
    private const string RootNamespace = "istio-system";

    private readonly List<JsonObject> all = [.. resources.Where(resource =>
        resource.Text("kind") == "PeerAuthentication"
        && resource.Text("apiVersion")?.StartsWith("security.istio.io/", StringComparison.Ordinal) == true)];

    /// <summary>What the pod's sidecar accepts at a port.</summary>
    public MtlsMode ModeOf(PodTemplate template, int port)
    {
        var own = all.Where(one => SelectorOf(one) is { } labels && NamespaceOf(one) == template.Namespace && Selects(labels, template)).ToList();
        var wide = all.Where(one => SelectorOf(one) is null).ToList();
        return new[]
            {
                own.Select(one => Read(PortsOf(one)?[port.ToString(CultureInfo.InvariantCulture)])),
                own.Select(ModeOf),
                wide.Where(one => NamespaceOf(one) == template.Namespace).Select(ModeOf),
                wide.Where(one => NamespaceOf(one) == RootNamespace).Select(ModeOf),
            }
            // Of two at one step the older one counts, which no manifest says: the stricter is assumed.
            .Select(modes => modes.DefaultIfEmpty().Max())
            .FirstOrDefault(mode => mode != MtlsMode.Unknown);
    }

    private static string NamespaceOf(JsonObject resource) => resource["metadata"].Text("namespace") ?? "";

    // An empty selector selects all, as none does.
    private static JsonObject? SelectorOf(JsonObject resource) =>
        ((resource["spec"] as JsonObject)?["selector"] as JsonObject)?["matchLabels"] is JsonObject { Count: > 0 } labels ? labels : null;

    private static JsonObject? PortsOf(JsonObject resource) => (resource["spec"] as JsonObject)?["portLevelMtls"] as JsonObject;

    private static bool Selects(JsonObject labels, PodTemplate template) =>
        labels.All(label => labels.Text(label.Key) is { } value && template.Labels.Text(label.Key) == value);

    private static MtlsMode ModeOf(JsonObject resource) => Read((resource["spec"] as JsonObject)?["mtls"]);

    private static MtlsMode Read(JsonNode? mtls) => mtls.Text("mode") switch
    {
        "STRICT" => MtlsMode.Strict,
        "PERMISSIVE" => MtlsMode.Permissive,
        "DISABLE" => MtlsMode.Disable,
        _ => MtlsMode.Unknown,
    };
}
