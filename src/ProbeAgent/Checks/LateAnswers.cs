namespace ProbeAgent.Checks;

/// <summary>Answers that the agent gave without CPU: they say nothing of the app, and much of the agent.</summary>
/// <param name="Count">How many, since the agent's start.</param>
/// <param name="LastAt">Wall clock of the last one.</param>
/// <param name="Sentence">What was said of it.</param>
/// <param name="Timestamp">The same moment on the clock that never jumps.</param>
internal sealed record LateAnswers(int Count, DateTimeOffset LastAt, string Sentence, long Timestamp);
