using ProbeAgent.Checks;
using ProbeAgent.Mesh;
using ProbeAgent.Probing;

namespace ProbeAgent.Status;

/// <summary>Takes the picture of the running agent that page, JSON and command line show.</summary>
internal sealed class StatusSource(
    IReadOnlyList<Check> checks, Func<MeshSnapshot> mesh, string version, IReadOnlyList<string> notes, TimeProvider timeProvider)
{
    private readonly long started = timeProvider.GetTimestamp();

    /// <summary>What is known now.</summary>
    public StatusDocument Take()
    {
        var snapshots = checks.Select(check => check.Snapshot()).ToList();
        var statuses = snapshots.ToDictionary(snapshot => snapshot.Name, Describe);
        var worst = statuses.Values.SelectMany(entries => entries).Select(entry => entry.Status).ToList();
        var sidecar = mesh();
        return new StatusDocument(
            worst.Contains("fail") ? "fail" : worst.Contains("warn") ? "warn" : "pass",
            "1",
            version,
            "ProbeAgent: what the app answered when the kubelet asked",
            [.. notes, .. sidecar.Warnings, .. snapshots.Select(LateNote).OfType<string>()],
            Seconds(timeProvider.GetElapsedTime(started)),
            statuses)
        {
            Time = timeProvider.GetUtcNow(),
            Mesh = new MeshStatus(sidecar.Mesh, sidecar.IsReady, sidecar.Since, sidecar.Sentence),
        };
    }

    private static string? LateNote(CheckSnapshot check) => check.Late is { } late
        ? $"check \"{check.Name}\" was answered 503 (agent_late) {StatusWords.Count(late.Count, late.Count == 1 ? "time" : "times")}, last at {StatusWords.At(late.LastAt)}: {late.Sentence}"
        : null;

    private IReadOnlyList<CheckStatus> Describe(CheckSnapshot check) =>
    [
        new CheckStatus(
            check switch { { IsUp: false } => "fail", { IsUp: null } or { IsWarning: true } => "warn", _ => "pass" },
            check.Target,
            check.Timeout.TotalSeconds,
            check.Since,
            Seconds(check.For),
            check.LastAt,
            check.LastSuccessAt,
            check.Reason,
            check.StatusCode,
            check.Sentence,
            check.FailuresInARow,
            Finely(check.Phases?.Total))
        {
            BudgetSeconds = Seconds(check.Budget),
            Phases = check.Phases is { } phases
                ? new PhasesStatus(Finely(phases.Connect), Finely(phases.Tls), Finely(phases.FirstByte), Finely(phases.Body))
                : null,
            Transitions = [.. check.Transitions.Select(Describe)],
            RecentAttempts = [.. check.Attempts.Select(Describe)],
        },
    ];

    private static TransitionStatus Describe(Transition transition) => new(
        transition.Time,
        transition.WasUp switch { null => "unknown", true => "up", false => "down" },
        transition.IsUp ? "up" : "down",
        transition.Reason,
        transition.Sentence,
        transition.Lasted is { } lasted ? Seconds(lasted) : null);

    private RecentAttempt Describe(AttemptMark attempt) => new(
        timeProvider.GetElapsedTime(attempt.Timestamp).TotalSeconds,
        attempt.Duration.TotalSeconds,
        attempt.Outcome switch { Outcome.Success => "success", Outcome.Warning => "warning", _ => "failure" });

    private static double Seconds(TimeSpan duration) => Math.Round(duration.TotalSeconds, 3);

    private static double? Finely(TimeSpan? duration) => duration is { } known ? Math.Round(known.TotalSeconds, 6) : null;
}
