namespace ProbeAgent.Tests.Model;

/// <summary>Chance that is the same on every machine (SplitMix64).</summary>
internal sealed class Dice(long seed)
{
    private ulong state = (ulong)seed;

    /// <summary>From 0 to less than 1.</summary>
    public double Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) / (double)(1UL << 53);
    }

    public bool Falls(double probability) => Next() < probability;

    public int Below(int count) => (int)(Next() * count);

    public T One<T>(params IReadOnlyList<T> of) => of[Below(of.Count)];

    /// <summary>A stretch of time, to a ten-thousandth of a millisecond: two events hardly ever meet in one moment.</summary>
    public TimeSpan Milliseconds(double from, double to) => TimeSpan.FromTicks((long)((from + (Next() * (to - from))) * TimeSpan.TicksPerMillisecond));
}
