using ProbeAgent.Probing;

namespace ProbeAgent.Checks;

/// <summary>What is known of a check, for those who show it.</summary>
internal sealed record CheckSnapshot
{
    /// <summary>The check.</summary>
    public required string Name { get; init; }

    /// <summary>What it asks.</summary>
    public required string Target { get; init; }

    /// <summary>The probe's own timeout.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>In how much of it an answer is given.</summary>
    public required TimeSpan Budget { get; init; }

    /// <summary>Answers without CPU; null where the last ten minutes had none.</summary>
    public LateAnswers? Late { get; init; }

    /// <summary>Null until the first answer.</summary>
    public required bool? IsUp { get; init; }

    /// <summary>True where it is up with something to look at.</summary>
    public required bool IsWarning { get; init; }

    /// <summary>Since when it is up or down; null until the first answer.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>How long that is.</summary>
    public required TimeSpan For { get; init; }

    /// <summary>When the last answer came; null until the first.</summary>
    public required DateTimeOffset? LastAt { get; init; }

    /// <summary>When the last success came; null until the first.</summary>
    public required DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>The reason's word; null where it is not down.</summary>
    public required string? Reason { get; init; }

    /// <summary>The app's last status code; null where there was none.</summary>
    public required int? StatusCode { get; init; }

    /// <summary>What was asked and what came back.</summary>
    public required string Sentence { get; init; }

    /// <summary>Failed attempts in a row.</summary>
    public required int FailuresInARow { get; init; }

    /// <summary>How long the last attempt and its parts took; null until the first.</summary>
    public required Phases? Phases { get; init; }

    /// <summary>The last changes, newest first.</summary>
    public required IReadOnlyList<Transition> Transitions { get; init; }

    /// <summary>The last attempts, oldest first.</summary>
    public required IReadOnlyList<AttemptMark> Attempts { get; init; }
}
