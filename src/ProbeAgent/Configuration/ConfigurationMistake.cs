using ProbeAgent.Yaml;

namespace ProbeAgent.Configuration;

/// <summary>Something the user must mend.</summary>
/// <param name="Source">Where it stands: a variable, an option, or <c>FILE:LINE:COLUMN</c>.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
internal sealed record ConfigurationMistake(string Source, string Message)
{
    /// <summary>The place in a document, by which mistakes are sorted; none for variables and options, which come first.</summary>
    public TextPosition At { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Source}: {Message}";
}
