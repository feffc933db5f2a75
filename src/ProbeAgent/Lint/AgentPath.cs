using ProbeAgent.Configuration;

namespace ProbeAgent.Lint;

/// <summary>What is asked of the agent by a path, as its server reads it.</summary>
/// <param name="Text">The path, without its query.</param>
/// <param name="Probe">The probe that is asked for; null for a page of the agent itself.</param>
/// <param name="Check">The one check that is asked for; null for all.</param>
/// <param name="Container">The one container that is asked for; null for all.</param>
/// <param name="Excluded">Checks that are left out.</param>
internal sealed record AgentPath(string Text, ProbeKind? Probe, string? Check, string? Container, IReadOnlyList<string> Excluded)
{
    private static readonly string[] OwnPages = ["/-/healthy", "/-/ready", "/metrics"];

    /// <summary>Reads a probe's path; null where the agent has nothing there.</summary>
    public static AgentPath? Parse(string target)
    {
        var (path, query) = target.Split('?', 2) is [var before, var after] ? (before, after) : (target, "");
        IReadOnlyList<string> excluded =
            [.. query.Split('&').Where(part => part.StartsWith("exclude=", StringComparison.Ordinal)).Select(part => part["exclude=".Length..])];
        return OwnPages.Contains(path) || path.StartsWith("/relay/", StringComparison.Ordinal)
            ? new AgentPath(path, null, null, null, [])
            : path.Split('/') switch
            {
                ["", var word] when KindOf(word) is { } kind => new AgentPath(path, kind, null, null, excluded),
                ["", var word, { Length: > 0 } check] when KindOf(word) is { } kind => new AgentPath(path, kind, check, null, excluded),
                ["", "app-health", { Length: > 0 } container, var word] when KindOf(word) is { } kind =>
                    new AgentPath(path, kind, null, container, excluded),
                _ => null,
            };
    }

    /// <summary>The checks that the answer is of.</summary>
    public IEnumerable<CheckConfiguration> ChecksOf(AgentConfiguration configuration) => configuration.Checks.Where(check =>
        Probe is { } kind && check.Probes.Contains(kind)
        && (Check is null || check.Name == Check)
        && (Container is null || check.Container == Container)
        && !Excluded.Contains(check.Name));

    private static ProbeKind? KindOf(string word) => word switch
    {
        "livez" => ProbeKind.Liveness,
        "readyz" => ProbeKind.Readiness,
        "startupz" => ProbeKind.Startup,
        _ => null,
    };
}
