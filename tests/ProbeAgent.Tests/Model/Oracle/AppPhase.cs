namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>What the app does from a moment on, until the next phase begins.</summary>
/// <param name="From">Since the beginning of the run.</param>
/// <param name="Behaviour">What it does with the questions that come.</param>
/// <param name="Latency">How long it takes for that; without meaning where it hangs.</param>
/// <param name="Status">The number with which it answers badly; without meaning elsewhere.</param>
internal sealed record AppPhase(TimeSpan From, Behaviour Behaviour, TimeSpan Latency, int Status)
{
    /// <summary>True where it never answers.</summary>
    public bool Hangs => Behaviour is Behaviour.HangsConnecting or Behaviour.HangsBeforeAnswering or Behaviour.HangsInTheBody;

    public override string ToString() => $"{From.TotalMilliseconds:0.0} {Behaviour}"
        + (Behaviour == Behaviour.AnswersBadly ? $" {Status}" : "") + (Hangs ? "" : $" after {Latency.TotalMilliseconds:0.0}");
}
