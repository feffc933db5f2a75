using System.Text.Json.Nodes;
using ProbeAgent.Configuration;
using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>The numbers of probes, each by itself and beside the others of its container.</summary>
internal static class NumberRules
{
    private const int SlowStartSeconds = 30;

    // The first two back-offs of the kubelet are 10 and 20 s.
    private const int LivenessSeconds = 30;

    /// <summary>A probe that begins anew before it can have ended. A startup probe may: it is asked often so as to be done early.</summary>
    public static IEnumerable<Remark> PeriodBelowTimeout(LintPod pod) =>
        from container in pod.Template.Containers
        from probe in container.Probes
        where probe.Kind.Word != "startup" && probe.PeriodSeconds < probe.TimeoutSeconds
        select Remark.Warning(
            NearestPlace.Of(probe.Place, probe.Node, "periodSeconds"),
            $"{probe} has a period of {probe.PeriodSeconds} s and a timeout of {probe.TimeoutSeconds} s: the kubelet asks one after the other, so an app that hangs is seen later than the numbers say",
            "make periodSeconds at least as long as timeoutSeconds");

    /// <summary>A liveness through the agent that does not outlast a restart of the agent.</summary>
    public static IEnumerable<Remark> ShortLiveness(LintPod pod) =>
        from probe in pod.ProbesAtAgent
        let seconds = probe.PeriodSeconds * probe.FailureThreshold
        where probe.Kind.Word == "liveness" && seconds < LivenessSeconds
        select Remark.Warning(
            NearestPlace.Of(probe.Place, probe.Node, "periodSeconds"),
            $"{probe} goes through the agent and gives up after {seconds} s ({probe.PeriodSeconds} s x {probe.FailureThreshold}): after a second exit of the agent within ten minutes "
                + "the kubelet waits 10 s, then 20 s, before it starts it again, and would restart a healthy app",
            $"give it at least {LivenessSeconds} s: periodSeconds: 10 and failureThreshold: 3");

    /// <summary>Liveness that fails together with readiness.</summary>
    public static IEnumerable<Remark> LivenessLikeReadiness(LintPod pod) =>
        from container in pod.Apps
        let liveness = container.Probes.FirstOrDefault(probe => probe.Kind.Word == "liveness")
        let readiness = container.Probes.FirstOrDefault(probe => probe.Kind.Word == "readiness")
        where liveness is not null && readiness is not null
        where liveness.PeriodSeconds * liveness.FailureThreshold <= readiness.PeriodSeconds * readiness.FailureThreshold
        where AskTheSame(pod, liveness, readiness)
        select Remark.Warning(
            liveness.Place,
            $"{liveness} asks what the readinessProbe asks and fails no later: where a dependency is slow the app is restarted instead of only getting no requests",
            "let liveness ask for less (is the process alive?), or give it a larger failureThreshold than readiness");

    /// <summary>An app that is given time to start by a guess.</summary>
    public static IEnumerable<Remark> SlowStart(LintPod pod) =>
        from container in pod.Apps
        let probes = container.Probes.ToList()
        let liveness = probes.Find(probe => probe.Kind.Word == "liveness")
        where liveness is not null && !probes.Exists(probe => probe.Kind.Word == "startup")
        let delay = liveness.Node.Number("initialDelaySeconds") ?? 0
        where delay > SlowStartSeconds
        select Remark.Warning(
            liveness.Place / "initialDelaySeconds",
            $"{liveness} waits {delay} s: an app that takes longer is restarted while it starts, and one that dies sooner is seen only then",
            "write a startupProbe that asks the same, with period x threshold as long as the slowest start, and take initialDelaySeconds out");

    private static bool AskTheSame(LintPod pod, PodProbe one, PodProbe other)
    {
        if (one.Action is null || other.Action is null || one.Ways[0] != other.Ways[0])
        {
            return false;
        }

        var throughAgent = pod.Questions.Where(question => question.Probe.Place.ToString() == one.Place.ToString() || question.Probe.Place.ToString() == other.Place.ToString()).ToList();
        return throughAgent.Count switch
        {
            0 => JsonNode.DeepEquals(one.Action, other.Action),
            2 when pod.Agent?.Configuration is { } configuration =>
                Asked(throughAgent[0].Path, configuration) is { Count: > 0 } first && first.SetEquals(Asked(throughAgent[1].Path, configuration)),
            _ => false,
        };
    }

    private static HashSet<string> Asked(AgentPath path, AgentConfiguration configuration) => [.. path.ChecksOf(configuration).Select(check =>
        check.Action is HttpGetAction http
            ? $"{http} {string.Join('\n', http.Headers.Select(header => $"{header.Name}: {header.Value}"))}"
            : check.Action.ToString())];
}
