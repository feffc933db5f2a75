namespace ProbeAgent.Status;

/// <summary>A change of a check.</summary>
/// <param name="Time">When the answer came that made it.</param>
/// <param name="From"><c>unknown</c> (before the first answer), <c>up</c> or <c>down</c>.</param>
/// <param name="To"><c>up</c> or <c>down</c>.</param>
/// <param name="Reason">The reason's word; null where it is up.</param>
/// <param name="Output">What was asked and what came back.</param>
/// <param name="LastedSeconds">How long the state before lasted; null before the first answer.</param>
internal sealed record TransitionStatus(
    DateTimeOffset Time, string From, string To, string? Reason, string Output, double? LastedSeconds);
