namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>A time in which the agent gets no CPU.</summary>
internal sealed record Stall(TimeSpan From, TimeSpan To)
{
    public override string ToString() => $"{From.TotalMilliseconds:0.0} no CPU until {To.TotalMilliseconds:0.0}";
}
