namespace ProbeAgent.Tests;

/// <summary>A clock whose wall clock can be set without any time passing.</summary>
internal sealed class JumpingClock : SteadyClock
{
    private TimeSpan offset;

    /// <summary>A year, either way.</summary>
    public static TheoryData<int> Jumps { get; } = [365, -365];

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;

    /// <inheritdoc/>
    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;

    /// <summary>Sets the wall clock, and nothing else.</summary>
    public void Jump(int days) => offset += TimeSpan.FromDays(days);
}
