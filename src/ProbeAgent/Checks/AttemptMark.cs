using ProbeAgent.Probing;

namespace ProbeAgent.Checks;

/// <summary>What is kept of an attempt when it is over: small, because there are many.</summary>
/// <param name="Timestamp">When it ended, by the clock that never jumps.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Outcome">What came of it.</param>
internal readonly record struct AttemptMark(long Timestamp, TimeSpan Duration, Outcome Outcome);
