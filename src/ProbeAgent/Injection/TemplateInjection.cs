using System.Text.Json.Nodes;
using ProbeAgent.Mesh;

namespace ProbeAgent.Injection;

/// <summary>The injection of one pod: what of it is to be moved, whether that can be, and the patch that does it.</summary>
internal sealed class TemplateInjection
{
    private readonly PodTemplate template;
    private readonly InjectionOptions options;
    private readonly IReadOnlyList<JsonNode> neighbours;
    private readonly List<InjectionFinding> findings = [];
    private readonly JsonPatch patch = new();
    private readonly ExistingAgent agent;
    private readonly MovablePlaces places;

    public TemplateInjection(PodTemplate template, InjectionOptions options, IReadOnlyList<JsonNode> neighbours)
    {
        this.template = template;
        this.options = options;
        this.neighbours = neighbours;
        agent = new ExistingAgent(template);
        places = new MovablePlaces(template, agent, findings);
    }

    // A recent cluster where it is not known.
    private bool IsNativeSidecar => options.Kubernetes is not { } version || version >= KubernetesVersion.NativeSidecars;

    /// <summary>What becomes of the pod.</summary>
    public InjectionResult Run()
    {
        if (template.Spec?["containers"] is not JsonArray)
        {
            return Stop(FindingSeverity.Error, InjectionReason.Invalid, template.SpecPlace, $"the {template.Kind} has no containers, so it is none that Kubernetes would take");
        }

        var probes = places.Probes();
        var hooks = places.Hooks();
        if (probes.Count == 0 && (hooks.Count == 0 || options.Hooks == HookHandling.Refuse) && !agent.IsThere)
        {
            return Done(findings.Exists(finding => finding.Severity == FindingSeverity.Error) ? InjectionReason.Invalid : InjectionReason.NothingToMove);
        }

        if (OutsideOfMeshes() is { } outside)
        {
            return outside;
        }

        var (mesh, problem) = ChooseMesh(isNeeded: probes.Count > 0 || !agent.IsThere);
        return problem ?? Inject(probes, hooks, mesh);
    }

    private InjectionResult Inject(List<PodProbe> probes, List<MovableHook> hooks, MeshConvention? mesh)
    {
        var annotations = new PodAnnotations(template, findings);
        if (mesh is not null && MeshSigns.IsLeftAlone(template, mesh))
        {
            return Stop(FindingSeverity.Info, InjectionReason.NotInMesh, template.Place, $"{mesh.Switch} says that {mesh.Title} leaves this pod alone, so its probes work as they are");
        }

        if (MeshConvention.All.FirstOrDefault(one => MeshSigns.HasBeenAt(template, one)) is { } first && !annotations.AreThere(first))
        {
            return Stop(
                FindingSeverity.Error,
                InjectionReason.MeshCameFirst,
                template.Place,
                $"{first.Title} has been at this pod already, without the annotations that keep the agent's port and the probes out of its hands; inject before the mesh does",
                InjectionDecision.Unchanged);
        }

        if (options.OnlyCaptured)
        {
            places.LeaveUncaptured(mesh, probes, hooks);
        }

        if (probes.Count + hooks.Count == 0 && !agent.IsThere)
        {
            return Done(InjectionReason.NothingToMove);
        }

        Write(probes, hooks, mesh, annotations);
        return Done(agent.IsThere ? InjectionReason.AlreadyInjected : InjectionReason.NothingToMove);
    }

    private void Write(List<PodProbe> probes, List<MovableHook> hooks, MeshConvention? mesh, PodAnnotations annotations)
    {
        agent.Refuse(findings, isAddedTo: probes.Count + hooks.Count > 0);
        RefuseEndlessJob();
        RefuseEarlyProbes(probes);
        var writer = new CheckWriter(findings);
        var checks = probes.Select(probe => (Probe: probe, Check: writer.Write(probe))).ToList();
        var moved = new HookMove(template, options, findings).Write(hooks, mesh, writer);
        if (mesh is not null)
        {
            annotations.Want(mesh);
        }

        if (options.Prometheus == PrometheusDiscovery.Annotations)
        {
            annotations.WantScrape();
        }

        if (!IsNativeSidecar && !agent.IsThere)
        {
            // The first of the containers is the one that `kubectl logs` and `exec` mean.
            annotations.WantIfMissing("kubectl.kubernetes.io/default-container", template.Apps.First().Name);
        }

        if (findings.Exists(finding => finding.Severity == FindingSeverity.Error))
        {
            return;
        }

        annotations.WriteTo(patch);
        ProbeMove.Write(checks.Select(pair => pair.Probe), findings, patch);
        HookMove.Write(moved, patch);
        WriteAgent(checks.Select(pair => pair.Check!), moved.Select(hook => hook.Entry), mesh);
    }

    // After the places in the containers, which it moves by one.
    private void WriteAgent(IEnumerable<JsonObject> checks, IEnumerable<JsonObject> hooks, MeshConvention? mesh)
    {
        // An agent without a document of ours has nothing to be added: that would have been refused.
        if ((agent.IsThere ? agent.Document : AgentDocument.Of(KindOf(mesh), IsNativeSidecar)) is not { } document)
        {
            return;
        }

        var before = agent.IsThere ? document.Write() : null;
        Fill(document, checks, hooks);
        var text = document.Write();
        if (text == before)
        {
            return;
        }

        if (document.Mistake() is { } mistake)
        {
            Refuse(InjectionReason.Invalid, template.Place, $"the agent would refuse what these probes come to: {mistake}");
        }
        else if (agent.IsThere)
        {
            patch.Replace(agent.DocumentPlace!, text);
        }
        else
        {
            AddContainer(AgentContainer.Write(options.Image, IsNativeSidecar, text, template.Spec!));
        }
    }

    private void Fill(AgentDocument document, IEnumerable<JsonObject> checks, IEnumerable<JsonObject> hooks)
    {
        foreach (var check in checks)
        {
            if (document.SetCheck(check) is { } other)
            {
                Refuse(InjectionReason.AgentByHand, agent.DocumentPlace!, $"the agent of this pod has a check '{other}' already that would answer together with '{check.Text("name")}'; move the probe by hand, or take that check out");
            }
        }

        foreach (var probe in places.AtTheAgent())
        {
            document.SetTimeout(CheckWriter.NameOf(probe.Container.Name, probe.Kind.Word), probe.TimeoutSeconds);
        }

        foreach (var hook in hooks)
        {
            document.SetHook(hook);
        }
    }

    private void AddContainer(JsonObject container)
    {
        var list = IsNativeSidecar ? "initContainers" : "containers";
        switch (template.Spec![list])
        {
            case JsonArray:
                patch.Add(template.SpecPlace / list / 0, container);
                break;
            case null:
                patch.Add(template.SpecPlace / list, new JsonArray(container));
                break;
            default:
                Refuse(InjectionReason.Invalid, template.SpecPlace / list, $"{list} is no list, as Kubernetes wants it");
                break;
        }
    }

    // What the agent knows under this name; Consul's sidecar has no page of its own to be asked at.
    private static string KindOf(MeshConvention? mesh) => mesh is null or { Name: "consul" } ? "none" : mesh.Name;

    private InjectionResult? OutsideOfMeshes()
    {
        if (template.Spec.IsTrue("hostNetwork"))
        {
            return Stop(FindingSeverity.Info, InjectionReason.HostNetwork, template.SpecPlace / "hostNetwork", "the pod is in its node's network, which no sidecar captures, so its probes work as they are");
        }

        var isWindows = template.Spec!["os"].Text("name") == "windows" || template.Spec["nodeSelector"].Text("kubernetes.io/os") == "windows";
        return isWindows
            ? Stop(FindingSeverity.Info, InjectionReason.Windows, template.SpecPlace, "the pod is one of Windows, where neither the meshes' sidecars nor the agent run; its probes stay as they are")
            : null;
    }

    private (MeshConvention? Mesh, InjectionResult? Problem) ChooseMesh(bool isNeeded)
    {
        if (options.Mesh != InjectedMesh.Auto)
        {
            return (MeshConvention.All.FirstOrDefault(mesh => string.Equals(mesh.Name, options.Mesh.ToString(), StringComparison.OrdinalIgnoreCase)), null);
        }

        var signs = MeshSigns.Of(template, neighbours);
        return signs switch
        {
            [var one] => (one, null),
            [] when isNeeded => (null, Stop(
                FindingSeverity.Error,
                InjectionReason.MeshUnknown,
                template.Place,
                "nothing here says which mesh the pod is in; name it with --mesh istio, linkerd, kuma, consul, or none")),
            [] => (null, null),
            _ => (null, Stop(
                FindingSeverity.Error,
                InjectionReason.MeshUnknown,
                template.Place,
                $"there are signs of {string.Join(" and of ", signs.Select(mesh => mesh.Title))}; say which one counts with --mesh {string.Join(" or ", signs.Select(mesh => mesh.Name))}")),
        };
    }

    private void Refuse(InjectionReason reason, JsonPointer place, string message) =>
        findings.Add(new InjectionFinding(FindingSeverity.Error, reason, place.ToString(), message));

    // Init containers have ended, or started, before the first of the containers.
    private void RefuseEarlyProbes(List<PodProbe> probes)
    {
        foreach (var probe in probes.Where(probe => !IsNativeSidecar && !agent.IsThere && probe.Container.Place.Parent.Last == "initContainers"))
        {
            Refuse(InjectionReason.Invalid, probe.Place, $"{probe} is of an init container, and before Kubernetes {KubernetesVersion.NativeSidecars} the agent starts after those; leave the probe as exec, or inject for a newer cluster");
        }
    }

    private void RefuseEndlessJob()
    {
        if (template.EndsByItself && !IsNativeSidecar && !agent.IsThere)
        {
            findings.Add(new InjectionFinding(
                FindingSeverity.Error,
                InjectionReason.Job,
                template.Place.ToString(),
                $"a {template.Kind} that is to end never would beside an agent that is a regular container, which it is before Kubernetes {KubernetesVersion.NativeSidecars}; leave its probes as exec, or inject for a newer cluster"));
        }
    }

    private InjectionResult Stop(
        FindingSeverity severity, InjectionReason reason, JsonPointer place, string message, InjectionDecision? decision = null)
    {
        findings.Add(new InjectionFinding(severity, reason, place.ToString(), message));
        return new InjectionResult(
            decision ?? (severity == FindingSeverity.Error ? InjectionDecision.Error : InjectionDecision.Unchanged), reason, new JsonPatch(), findings);
    }

    // The reason is for a pod that stays as it is.
    private InjectionResult Done(InjectionReason unchanged)
    {
        if (findings.Find(finding => finding.Severity == FindingSeverity.Error) is { } error)
        {
            return new InjectionResult(InjectionDecision.Error, error.Reason, new JsonPatch(), findings);
        }

        return patch.IsEmpty
            ? new InjectionResult(InjectionDecision.Unchanged, unchanged, patch, findings)
            : new InjectionResult(InjectionDecision.Injected, InjectionReason.Moved, patch, findings)
            {
                Companions = options.Prometheus == PrometheusDiscovery.PodMonitor && PodMonitorManifest.Of(template, findings) is { } monitor ? [monitor] : [],
            };
    }
}
