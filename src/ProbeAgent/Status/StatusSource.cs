using ProbeAgent.Checks;
using ProbeAgent.Mesh;

namespace ProbeAgent.Status;

/// <summary>Takes the picture of the running agent that page, JSON and command line show.</summary>
internal sealed class StatusSource(
    IReadOnlyList<Check> checks, Func<MeshSnapshot> mesh, string version, IReadOnlyList<string> notes, TimeProvider timeProvider)
{
    private readonly long started = timeProvider.GetTimestamp();

    /// <summary>What is known now.</summary>
    public StatusDocument Take()
    {
        var statuses = checks.Select(check => check.Snapshot()).ToDictionary(snapshot => snapshot.Name, Describe);
        var worst = statuses.Values.SelectMany(entries => entries).Select(entry => entry.Status).ToList();
        return new StatusDocument(
            worst.Contains("fail") ? "fail" : worst.Contains("warn") ? "warn" : "pass",
            "1",
            version,
            "ProbeAgent: what the app answered when the kubelet asked",
            [.. notes, .. mesh().Warnings],
            Math.Round(timeProvider.GetElapsedTime(started).TotalSeconds, 3),
            statuses);
    }

    private static IReadOnlyList<CheckStatus> Describe(CheckSnapshot check) =>
    [
        new CheckStatus(
            check switch { { IsUp: false } => "fail", { IsUp: null } or { IsWarning: true } => "warn", _ => "pass" },
            check.Target,
            check.Timeout.TotalSeconds,
            check.Since,
            Math.Round(check.For.TotalSeconds, 3),
            check.LastAt,
            check.LastSuccessAt,
            check.Reason,
            check.StatusCode,
            check.Sentence,
            check.FailuresInARow,
            check.Duration is { } duration ? Math.Round(duration.TotalSeconds, 6) : null),
    ];
}
