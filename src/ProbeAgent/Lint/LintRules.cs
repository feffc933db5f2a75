namespace ProbeAgent.Lint;

/// <summary>All that is looked for.</summary>
internal static class LintRules
{
    /// <summary>The rules, in the order in which they are told for one place, and of docs/lint.md.</summary>
    public static IReadOnlyList<LintRule> All { get; } =
    [
        new("probe-needs-certificate", MeshRules.NeedsCertificate),
        new("probe-through-sidecar", MeshRules.ThroughSidecar),
        new("tcp-probe-cannot-fail", MeshRules.TcpCannotFail),
        new("hook-needs-certificate", MeshRules.HookNeedsCertificate),
        new("port-not-excluded", AnnotationRules.PortNotExcluded),
        new("port-included", AnnotationRules.PortIncluded),
        new("probes-rewritten", AnnotationRules.ProbesRewritten),
        new("annotation-malformed", AnnotationRules.Malformed),
        new("no-agent", QuestionRules.NoAgent),
        new("agent-path-unknown", QuestionRules.PathUnknown),
        new("agent-wrong-protocol", QuestionRules.WrongProtocol),
        new("probe-asks-agent-only", QuestionRules.AsksAgentOnly),
        new("probe-of-another-container", QuestionRules.OfAnotherContainer),
        new("livez-of-several-containers", QuestionRules.SharedLivez),
        new("budget-above-timeout", QuestionRules.BudgetAbove),
        new("budget-below-half", QuestionRules.BudgetBelow),
        new("probe-host", QuestionRules.Host),
        new("period-below-timeout", NumberRules.PeriodBelowTimeout),
        new("short-liveness", NumberRules.ShortLiveness),
        new("liveness-like-readiness", NumberRules.LivenessLikeReadiness),
        new("slow-start-without-startup-probe", NumberRules.SlowStart),
        new("hook-tcp-socket", HookRules.TcpSocket),
        new("hook-unknown", HookRules.Unknown),
        new("unknown-port-name", PortRules.UnknownName),
        new("port-taken", PortRules.Taken),
        new("port-reserved", PortRules.Reserved),
        new("agent-configuration", ConfigurationRules.Wrong),
        new("mutable-config-map", ConfigurationRules.MutableConfigMap),
        new("agent-drain", ConfigurationRules.Drain),
        new("agent-cpu-limit", AgentContainerRules.CpuLimit),
        new("agent-memory-limit", AgentContainerRules.MemoryLimit),
        new("agent-runs-as-proxy", AgentContainerRules.ProxyId),
        new("agent-without-startup-probe", AgentContainerRules.StartupProbe),
        new("agent-without-liveness-probe", AgentContainerRules.LivenessProbe),
        new("agent-readiness-probe", AgentContainerRules.ReadinessProbe),
        new("agent-probe-asks-app", AgentContainerRules.ProbeOfTheApp),
        new("agent-blocks-start", AgentPlaceRules.BlocksStart),
        new("agent-not-first", AgentPlaceRules.NotFirst),
        new("agent-in-job", AgentPlaceRules.InJob),
        new("unknown-ignore", IgnoreRules.Unknown),
    ];
}
