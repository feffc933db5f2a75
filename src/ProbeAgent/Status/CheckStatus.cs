using System.Text.Json.Serialization;

namespace ProbeAgent.Status;

/// <summary>One check.</summary>
/// <param name="Status"><c>pass</c>, <c>warn</c> or <c>fail</c>.</param>
/// <param name="Target">What it asks.</param>
/// <param name="TimeoutSeconds">The <c>timeoutSeconds</c> that the probe must have.</param>
/// <param name="Since">Since when it is up or down; null until the first answer.</param>
/// <param name="ForSeconds">How long that is.</param>
/// <param name="Time">When the last answer came; null until the first.</param>
/// <param name="LastSuccess">When the last success came; null until the first.</param>
/// <param name="Reason">The reason's word; null where it is not down.</param>
/// <param name="StatusCode">The app's last status code; null where there was none.</param>
/// <param name="Output">What was asked and what came back.</param>
/// <param name="FailuresInARow">Failed attempts in a row.</param>
/// <param name="ObservedValue">How long the last attempt took, in <paramref name="ObservedUnit"/>; null until the first.</param>
/// <param name="ObservedUnit">Always <c>s</c>.</param>
internal sealed record CheckStatus(
    string Status,
    string Target,
    double TimeoutSeconds,
    DateTimeOffset? Since,
    double ForSeconds,
    DateTimeOffset? Time,
    DateTimeOffset? LastSuccess,
    string? Reason,
    int? StatusCode,
    string Output,
    int FailuresInARow,
    double? ObservedValue,
    string ObservedUnit = "s")
{
    /// <summary>In how much of <see cref="TimeoutSeconds"/> an answer is given; null from an agent that does not tell.</summary>
    public double? BudgetSeconds { get; init; }

    /// <summary>How long the parts of the last attempt took; null until the first.</summary>
    public PhasesStatus? Phases { get; init; }

    /// <summary>The last changes, newest first, at most 20; null from an agent that does not keep them.</summary>
    public IReadOnlyList<TransitionStatus>? Transitions { get; init; }

    /// <summary>The last attempts, oldest first, at most 120. For the page: what machines want of them is in the metrics.</summary>
    [JsonIgnore]
    public IReadOnlyList<RecentAttempt> RecentAttempts { get; init; } = [];
}
