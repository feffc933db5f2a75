namespace ProbeAgent.Telemetry;

/// <summary>What is measured of one question to the app.</summary>
/// <param name="Result"><c>success</c>, <c>warning</c> or <c>failure</c>.</param>
/// <param name="Reason">The reason's word; null for a success or a warning.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Phases">The parts that were reached, by name.</param>
/// <param name="At">Wall clock of its end.</param>
internal sealed record AttemptSample(
    string Result, string? Reason, TimeSpan Duration, IEnumerable<(string Name, TimeSpan Duration)> Phases, DateTimeOffset At);
