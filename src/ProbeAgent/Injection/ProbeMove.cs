using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>Makes a probe ask the agent; its numbers stay.</summary>
internal static class ProbeMove
{
    // Docs/architecture.md and the kubelet's back-off: shorter ones may end an app because its agent was restarted twice.
    private const int ShortestLivenessSeconds = 30;

    private static readonly string[] OnlyOfTheApp = ["scheme", "httpHeaders"];

    /// <summary>Adds the operations.</summary>
    public static void Write(IEnumerable<PodProbe> probes, List<InjectionFinding> findings, JsonPatch patch)
    {
        foreach (var probe in probes)
        {
            WarnOfShort(probe, findings);
            Write(probe, patch);
        }
    }

    /// <summary>Makes an <c>httpGet</c> ask a path of the agent.</summary>
    public static void WriteHttpGet(JsonObject there, JsonPointer place, string path, JsonPatch patch)
    {
        Set(there, place, "path", path, patch);
        Set(there, place, "port", AgentContainer.Port, patch);
        foreach (var key in OnlyOfTheApp.Where(there.ContainsKey))
        {
            patch.Remove(place / key);
        }
    }

    private static void Write(PodProbe probe, JsonPatch patch)
    {
        var path = $"/app-health/{probe.Container.Name}/{probe.Kind.Path}";
        var way = probe.Ways[0];
        if (way == "httpGet")
        {
            WriteHttpGet(probe.Action!, probe.Place / way, path, patch);
            return;
        }

        patch.Remove(probe.Place / way);
        patch.Add(probe.Place / "httpGet", new JsonObject { ["path"] = path, ["port"] = AgentContainer.Port });
    }

    private static void Set(JsonObject there, JsonPointer place, string key, JsonNode value, JsonPatch patch)
    {
        if (there.ContainsKey(key))
        {
            patch.Replace(place / key, value);
        }
        else
        {
            patch.Add(place / key, value);
        }
    }

    private static void WarnOfShort(PodProbe probe, List<InjectionFinding> findings)
    {
        var seconds = probe.PeriodSeconds * probe.FailureThreshold;
        if (probe.Kind.Word == "liveness" && seconds < ShortestLivenessSeconds)
        {
            findings.Add(new InjectionFinding(
                FindingSeverity.Warning,
                InjectionReason.Advice,
                probe.Place.ToString(),
                $"{probe} gives up after {seconds} s (periodSeconds {probe.PeriodSeconds} x failureThreshold {probe.FailureThreshold}); through the agent it should be {ShortestLivenessSeconds} s or more, so that no restart of the agent is one of the app"));
        }
    }
}
