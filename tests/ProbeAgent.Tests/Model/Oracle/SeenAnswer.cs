namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>What became of a probe.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Read">When the agent got to read it.</param>
internal sealed record SeenAnswer(PlannedProbe Probe, TimeSpan Read)
{
    /// <summary>When its answer was there; null where the caller had gone before.</summary>
    public TimeSpan? At { get; set; }

    public int Code { get; set; }

    public string Text { get; set; } = "";
}
