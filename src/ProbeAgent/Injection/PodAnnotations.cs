using System.Text.Json.Nodes;
using ProbeAgent.Mesh;

namespace ProbeAgent.Injection;

/// <summary>Collects what is to be written on a pod as annotations.</summary>
internal sealed class PodAnnotations(PodTemplate template, List<InjectionFinding> findings)
{
    private readonly List<KeyValuePair<string, string>> wanted = [];

    private JsonPointer Place => template.Place / "metadata" / "annotations";

    /// <summary>True where the mesh leaves the agent's port and the probes alone as the pod is.</summary>
    public bool AreThere(MeshConvention mesh) =>
        !IsCaptured(mesh) && (mesh.Rewriting is not { } rewriting || template.Annotations.Text(rewriting.Key) == rewriting.Value);

    /// <summary>Wants those by which the mesh leaves the agent's port and the probes alone.</summary>
    public void Want(MeshConvention mesh)
    {
        if (IsCaptured(mesh))
        {
            if (mesh.IncludedPorts is { } key && template.Annotations.Text(key) is { } listed && !new PortList(listed).IsAll)
            {
                findings.Add(new InjectionFinding(
                    FindingSeverity.Error,
                    InjectionReason.PortTaken,
                    (Place / key).ToString(),
                    $"{key} names the agent's port {AgentContainer.Port}, so that {mesh.Title} would capture it; take it out of the list"));
                return;
            }

            Want(mesh.ExcludedPorts, new PortList(template.Annotations.Text(mesh.ExcludedPorts)).With(AgentContainer.Port));
        }

        WantOff(mesh.Rewriting);
        WantOff(mesh.OlderRewriting);
    }

    /// <summary>Wants those by which Prometheus finds the agent.</summary>
    public void WantScrape()
    {
        var own = template.Annotations?.Select(pair => pair.Key).Where(key => key.StartsWith("prometheus.io/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList() ?? [];
        if (own.Count > 0 && template.Annotations.Text("prometheus.io/port") != "15081")
        {
            findings.Add(new InjectionFinding(
                FindingSeverity.Warning,
                InjectionReason.Advice,
                (Place / (own.Find(key => key == "prometheus.io/port") ?? own[0])).ToString(),
                "the pod has prometheus.io annotations of its own, which name one port only; they stay. A PodMonitor scrapes the agent beside it (--prometheus pod-monitor)"));
            return;
        }

        WantIfMissing("prometheus.io/scrape", "true");
        WantIfMissing("prometheus.io/port", "15081");
        WantIfMissing("prometheus.io/path", "/metrics");
    }

    /// <summary>Wants one where there is none of its name.</summary>
    public void WantIfMissing(string key, string value)
    {
        if (template.Annotations?[key] is null)
        {
            Want(key, value);
        }
    }

    /// <summary>The operations that write them.</summary>
    public void WriteTo(JsonPatch patch)
    {
        if (wanted.Count == 0 || IsRefused())
        {
            return;
        }

        if (template.Annotations is { } there)
        {
            foreach (var (key, value) in wanted)
            {
                if (there.ContainsKey(key))
                {
                    patch.Replace(Place / key, value);
                }
                else
                {
                    patch.Add(Place / key, value);
                }
            }

            return;
        }

        var annotations = new JsonObject(wanted.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        if (template.Pod["metadata"] is JsonObject)
        {
            patch.Add(Place, annotations);
        }
        else
        {
            patch.Add(Place.Parent, new JsonObject { ["annotations"] = annotations });
        }
    }

    // What the API server would refuse must not become something that it takes.
    private bool IsRefused()
    {
        var metadata = template.Pod["metadata"] as JsonObject;
        var wrong = metadata?["annotations"] is not (null or JsonObject)
            ? Place
            : wanted.Where(pair => template.Annotations?[pair.Key] is not null && template.Annotations.Text(pair.Key) is null).Select(pair => Place / pair.Key).FirstOrDefault();
        if (wrong is not null)
        {
            findings.Add(new InjectionFinding(
                FindingSeverity.Error, InjectionReason.Invalid, wrong.ToString(), $"{wrong.Last} is none that Kubernetes would take: annotations are texts by name; put a number in quotes"));
        }

        return wrong is not null;
    }

    // Istio excludes ports only where it includes all (istio-iptables, run.go).
    private bool IsCaptured(MeshConvention mesh)
    {
        var included = new PortList(mesh.IncludedPorts is { } key ? template.Annotations.Text(key) : null);
        return included.IsThere && !included.IsAll
            ? included.Contains(AgentContainer.Port)
            : !new PortList(template.Annotations.Text(mesh.ExcludedPorts)).Contains(AgentContainer.Port);
    }

    private void WantOff(KeyValuePair<string, string>? rewriting)
    {
        if (rewriting is { } off && template.Annotations.Text(off.Key) != off.Value)
        {
            Want(off.Key, off.Value);
        }
    }

    private void Want(string key, string value) => wanted.Add(KeyValuePair.Create(key, value));
}
