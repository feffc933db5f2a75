namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>Somebody sets the wall clock.</summary>
internal sealed record WallJump(TimeSpan At, TimeSpan By)
{
    public override string ToString() => $"{At.TotalMilliseconds:0.0} wall clock jumps by {By.TotalDays:0.0} days";
}
