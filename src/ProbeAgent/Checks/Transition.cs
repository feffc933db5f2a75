namespace ProbeAgent.Checks;

/// <summary>A change of a check; its first answer is one, too.</summary>
/// <param name="Time">Wall clock of the answer that made it.</param>
/// <param name="WasUp">What it was before; null before the first answer.</param>
/// <param name="IsUp">What it is since.</param>
/// <param name="Reason">The reason's word; null where it is up.</param>
/// <param name="Sentence">What was asked and what came back.</param>
/// <param name="Lasted">How long the state before lasted; null before the first answer.</param>
internal sealed record Transition(
    DateTimeOffset Time, bool? WasUp, bool IsUp, string? Reason, string Sentence, TimeSpan? Lasted);
