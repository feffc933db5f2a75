using System.Net;

namespace ProbeAgent.Configuration;

/// <summary>What a right configuration still gives to think about.</summary>
internal static class ConfigurationWarnings
{
    /// <summary>The warnings, a sentence each.</summary>
    public static IEnumerable<string> Of(AgentConfiguration configuration, Surroundings surroundings)
    {
        var coupled = configuration.Checks.Where(check => check.Probes.Contains(ProbeKind.Liveness))
            .Select(check => check.Container).Distinct().ToList();
        if (coupled.Count > 1)
        {
            yield return $"/livez asks the checks of {coupled.Count} containers ({string.Join(", ", coupled)}), so as a livenessProbe it lets one "
                + "container's failure restart another: use /app-health/<container>/livez for each";
        }

        if (configuration.Mesh is { Kind: MeshKind.None } and ({ Gate.Count: > 0 } or { ReadyUrl: not null }))
        {
            yield return "mesh.kind is 'none', so no sidecar is asked, and mesh.gate and mesh.readyUrl do nothing: "
                + "leave them out, or name the mesh";
        }

        if (surroundings.RunsAs is { } ids && (OwnerOf(ids.User) ?? OwnerOf(ids.Group)) is { } owner)
        {
            yield return $"the agent runs as uid {ids.User}, gid {ids.Group}, and {owner} takes that for its own proxy: what the agent asks at the pod's "
                + "own address may end in the proxy; set runAsUser: 65532 and runAsGroup: 65532 on the agent's container";
        }

        if (surroundings.IsThePod)
        {
            yield break;
        }

        foreach (var sentence in OnlySeenInThePod(configuration, surroundings))
        {
            yield return sentence;
        }
    }

    // By these the capture rules know the proxy: istio tools/istio-iptables, linkerd2-proxy-init, kuma pkg/transparentproxy, consul-k8s.
    private static string? OwnerOf(int id) => id switch
    {
        1337 => "Istio",
        2102 => "Linkerd",
        5678 => "Kuma",
        5995 => "Consul",
        _ => null,
    };

    private static IEnumerable<string> OnlySeenInThePod(AgentConfiguration configuration, Surroundings surroundings)
    {
        var actions = configuration.Checks.Select(check => check.Action)
            .Concat(configuration.Relays.Select(relay => relay.Target))
            .Concat(configuration.Hooks.Select(hook => hook.Action))
            .Concat(configuration.Mesh.ReadyUrl is { } readyUrl ? [readyUrl] : [])
            .ToList();
        var foreign = actions.SelectMany(action => action.Host.Addresses)
            .Where(address => !IPAddress.IsLoopback(address) && !surroundings.Addresses().Contains(address))
            .Distinct();
        foreach (var address in foreign)
        {
            yield return $"host {address} must be an address of the pod, which can only be seen there: elsewhere the agent refuses to start";
        }

        if (actions.Any(action => action is HttpGetAction { Scheme: HttpScheme.Https } or GrpcAction { IsTls: true }) && !surroundings.HasTls())
        {
            yield return "OpenSSL (libssl) is not on this machine; where it is missing in the image the agent refuses to start";
            yield break;
        }

        var missing = actions.Select(action => (action as HttpGetAction)?.CaFile ?? (action as GrpcAction)?.CaFile)
            .OfType<CaFile>().Where(caFile => caFile.Certificates.Count == 0).Select(caFile => caFile.Path).Distinct();
        foreach (var path in missing)
        {
            yield return $"caFile {path} is not on this machine; where it is missing in the container the agent refuses to start";
        }
    }
}
