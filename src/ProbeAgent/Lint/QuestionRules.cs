using ProbeAgent.Configuration;
using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>What probes ask the agent, and whether it can answer.</summary>
internal static class QuestionRules
{
    /// <summary>A path of the agent's at its usual port, and no agent.</summary>
    public static IEnumerable<Remark> NoAgent(LintPod pod) =>
        from probe in pod.Probes
        where pod.Agent is null && probe.Ways[0] == "httpGet" && LintPod.PortOf(probe) == AgentContainer.Port
        where AgentPath.Parse(LintPod.PathOf(probe.Action)) is { Probe: not null }
        select Remark.Error(
            probe.Place / "httpGet",
            $"{probe} asks the agent at port {AgentContainer.Port}, but the pod has no agent: nobody answers",
            "put the agent into the pod: 'probe-agent inject' does it");

    /// <summary>A path that the agent answers by 404 for ever, or a port where it hears nobody.</summary>
    public static IEnumerable<Remark> PathUnknown(LintPod pod)
    {
        foreach (var probe in pod.Probes.Where(probe => pod.Agent is { } agent && LintPod.PortOf(probe) == agent.AdminPort))
        {
            yield return Remark.Error(
                probe.Place / probe.Ways[0],
                $"{probe} asks port {pod.Agent!.AdminPort}, the agent's admin port, which listens on loopback only: the kubelet is refused, always",
                $"ask port {pod.Agent.Port}");
        }

        foreach (var probe in pod.ProbesAtAgent.Where(probe => probe.Ways[0] == "httpGet"))
        {
            var text = LintPod.PathOf(probe.Action);
            var path = AgentPath.Parse(text);
            if (path is null)
            {
                yield return Remark.Error(
                    NearestPlace.Of(probe.Place, probe.Node, "httpGet", "path"),
                    $"{probe} asks the agent for '{text}', where it has nothing: the answer is 404, always",
                    $"write /app-health/{probe.Container.Name}/{probe.Kind.Path}");
            }
            else if (path.Probe is not null && pod.Agent?.Configuration is { } configuration && !path.ChecksOf(configuration).Any())
            {
                yield return Remark.Error(
                    NearestPlace.Of(probe.Place, probe.Node, "httpGet", "path"),
                    $"{probe} asks the agent for '{text}', which no check serves: the answer is 404, always",
                    $"the agent's checks are {Listed(configuration)}: name one of their containers in the path, or add a check");
            }
        }
    }

    /// <summary>Another protocol than the agent's.</summary>
    public static IEnumerable<Remark> WrongProtocol(LintPod pod) =>
        from probe in pod.ProbesAtAgent
        let isHttps = probe.Ways[0] == "httpGet" && probe.Action.Text("scheme") == "HTTPS"
        where isHttps || probe.Ways[0] == "grpc"
        select Remark.Error(
            isHttps ? probe.Place / "httpGet" / "scheme" : probe.Place / "grpc",
            $"{probe} speaks {(isHttps ? "HTTPS" : "gRPC")} to the agent, which speaks plain HTTP/1.1: it fails, always",
            isHttps
                ? "take 'scheme' out of the probe; where the app speaks HTTPS, the agent's check says so"
                : $"write httpGet with path /app-health/{probe.Container.Name}/{probe.Kind.Path}; the agent's check is what speaks gRPC");

    /// <summary>A probe that hears of the agent only, not of the app.</summary>
    public static IEnumerable<Remark> AsksAgentOnly(LintPod pod) =>
        from probe in pod.ProbesAtAgent
        let isTcp = probe.Ways[0] == "tcpSocket"
        where isTcp || (probe.Ways[0] == "httpGet" && AgentPath.Parse(LintPod.PathOf(probe.Action)) is { Probe: null, Text: "/-/healthy" or "/-/ready" or "/metrics" })
        select Remark.Error(
            isTcp ? probe.Place / "tcpSocket" : probe.Place / "httpGet" / "path",
            $"{probe} asks {(isTcp ? "whether the agent listens" : "the agent about itself")}: it succeeds whatever the app does",
            $"write httpGet with path /app-health/{probe.Container.Name}/{probe.Kind.Path}");

    /// <summary>A container that is judged by another one's checks.</summary>
    public static IEnumerable<Remark> OfAnotherContainer(LintPod pod) =>
        from question in pod.Questions
        let other = question.Path.Container
        where other is not null && other != question.Probe.Container.Name && pod.Apps.Any(app => app.Name == other)
        select Remark.Warning(
            question.Probe.Place / "httpGet" / "path",
            $"{question.Probe} asks for container '{other}': a failure there {(question.Probe.Kind.Word == "readiness" ? "unreadies" : "restarts")} '{question.Probe.Container.Name}'",
            $"write /app-health/{question.Probe.Container.Name}/{question.Probe.Kind.Path}");

    /// <summary>Liveness that asks for all containers at once.</summary>
    public static IEnumerable<Remark> SharedLivez(LintPod pod) =>
        from configuration in new[] { pod.Agent?.Configuration }.OfType<AgentConfiguration>()
        from question in pod.Questions
        where question.Probe.Kind.Word is "liveness" or "startup" && question.Path is { Check: null, Container: null }
        let containers = question.Path.ChecksOf(configuration).Select(check => check.Container).Distinct().ToList()
        where containers.Count > 1
        select Remark.Warning(
            question.Probe.Place / "httpGet" / "path",
            $"{question.Probe} asks {question.Path.Text}, which is of {containers.Count} containers ({string.Join(", ", containers)}): one that fails restarts another",
            $"write /app-health/{question.Probe.Container.Name}/{question.Probe.Kind.Path}");

    /// <summary>The kubelet gives up before the agent does.</summary>
    public static IEnumerable<Remark> BudgetAbove(LintPod pod) =>
        from budget in Budgets(pod)
        where budget.Seconds > budget.Probe.TimeoutSeconds
        select Remark.Warning(
            NearestPlace.Of(budget.Probe.Place, budget.Probe.Node, "timeoutSeconds"),
            $"{budget.Probe} has a timeout of {budget.Probe.TimeoutSeconds} s, but the agent's check '{budget.Check}' takes up to {budget.Seconds} s: of an app that hangs the kubelet hears its own timeout, not the reason",
            $"make the two equal: timeoutSeconds of the probe and of check '{budget.Check}'");

    /// <summary>The agent gives up long before the kubelet would.</summary>
    public static IEnumerable<Remark> BudgetBelow(LintPod pod) =>
        from budget in Budgets(pod)
        where budget.Seconds * 2 < budget.Probe.TimeoutSeconds
        select Remark.Warning(
            NearestPlace.Of(budget.Probe.Place, budget.Probe.Node, "timeoutSeconds"),
            $"{budget.Probe} has a timeout of {budget.Probe.TimeoutSeconds} s, but the agent's check '{budget.Check}' gives up after {budget.Seconds} s: an app that the kubelet would have waited for counts as down",
            $"make the two equal: timeoutSeconds of the probe and of check '{budget.Check}'");

    /// <summary>A probe that asks another host than the pod.</summary>
    public static IEnumerable<Remark> Host(LintPod pod)
    {
        foreach (var probe in pod.Probes.Where(probe => probe.Ways[0] is "httpGet" or "tcpSocket"))
        {
            var host = probe.Action.Text("host") ?? "";
            var place = probe.Place / probe.Ways[0] / "host";
            if (host.Length > 0 && pod.Agent is { } agent && LintPod.PortOf(probe) == agent.Port)
            {
                yield return Remark.Error(
                    place, $"{probe} asks the agent's port, but of host '{host}': the kubelet asks there and not in the pod", "take 'host' out of the probe");
            }
            else if (host is "localhost" or "127.0.0.1" or "::1" && pod.Template.Spec?.IsTrue("hostNetwork") != true)
            {
                yield return Remark.Warning(
                    place,
                    $"{probe} asks '{host}', which for the kubelet is the node and not the pod",
                    "take 'host' out; where the app listens on loopback only, let the agent ask: it asks inside the pod");
            }
        }
    }

    private static IEnumerable<(PodProbe Probe, string Check, double Seconds)> Budgets(LintPod pod) =>
        pod.Agent?.Configuration is not { } configuration ? []
            : from question in pod.Questions
              from check in question.Path.ChecksOf(configuration)
              select (question.Probe, check.Name, check.Timeout.TotalSeconds);

    private static string Listed(AgentConfiguration configuration) => string.Join(", ", configuration.Checks.Take(8).Select(check =>
        $"'{check.Name}' of container '{check.Container}' ({string.Join(", ", check.Probes).ToLowerInvariant()})"));
}
