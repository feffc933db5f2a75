namespace ProbeAgent.Lab;

/// <summary>A fenced block of a page.</summary>
/// <param name="Path">The page, from the root.</param>
/// <param name="Line">The line of its fence, from 1.</param>
/// <param name="Heading">The nearest heading above it.</param>
/// <param name="Language">What its fence says: <c>yaml</c>, <c>sh</c>, <c>text</c>.</param>
/// <param name="Text">Its lines.</param>
public sealed record PageBlock(string Path, int Line, string Heading, string Language, string Text)
{
    /// <summary>True for YAML that is no manifest but values of the Helm chart, which says so in its first line.</summary>
    public bool IsChartValues => Text.StartsWith("# values.yaml", StringComparison.Ordinal);

    /// <summary>Where it stands, for a message.</summary>
    public override string ToString() => $"{Path}:{Line}";
}
