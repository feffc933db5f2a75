namespace ProbeAgent.Yaml;

/// <summary>A place in a text.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1, in characters.</param>
internal readonly record struct TextPosition(int Line, int Column) : IComparable<TextPosition>
{
    /// <inheritdoc/>
    public int CompareTo(TextPosition other) =>
        Line == other.Line ? Column.CompareTo(other.Column) : Line.CompareTo(other.Line);

    public static bool operator <(TextPosition left, TextPosition right) => left.CompareTo(right) < 0;

    public static bool operator <=(TextPosition left, TextPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >(TextPosition left, TextPosition right) => left.CompareTo(right) > 0;

    public static bool operator >=(TextPosition left, TextPosition right) => left.CompareTo(right) >= 0;
}
