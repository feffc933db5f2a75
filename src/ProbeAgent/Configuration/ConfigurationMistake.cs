namespace ProbeAgent.Configuration;

/// <summary>Something the user must mend.</summary>
/// <param name="Source">Where it stands: a variable or an option.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
internal sealed record ConfigurationMistake(string Source, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Source}: {Message}";
}
