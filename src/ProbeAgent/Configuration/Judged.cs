namespace ProbeAgent.Configuration;

/// <summary>What a rule makes of a text.</summary>
/// <param name="Value">What it means; of no use where something is wrong.</param>
/// <param name="Wrong">What is wrong, to follow "'…'", and what would be right; null where nothing is.</param>
internal readonly record struct Judged<T>(T? Value, string? Wrong)
{
    /// <summary>The text is right.</summary>
    public static Judged<T> Right(T value) => new(value, null);

    /// <summary>The text is wrong.</summary>
    public static Judged<T> No(string wrong) => new(default, wrong);
}
