namespace ProbeAgent.Configuration;

/// <summary>What reading a configuration gave.</summary>
/// <param name="Configuration">The configuration; null where there are mistakes.</param>
/// <param name="Mistakes">All of them at once.</param>
/// <param name="Warnings">What is worth a line in the log and no refusal.</param>
/// <param name="Origins">Where each value stands, by its path in the document; what is missing is a default.</param>
internal sealed record ConfigurationOutcome(
    AgentConfiguration? Configuration,
    IReadOnlyList<ConfigurationMistake> Mistakes,
    IReadOnlyList<string> Warnings,
    IReadOnlyDictionary<string, string> Origins)
{
    // More than anybody mends in one go.
    private const int MaxLines = 100;

    /// <summary>The mistakes as lines for a person; a great many are cut short.</summary>
    public IEnumerable<string> MistakeLines() => Mistakes.Take(MaxLines).Select(mistake => mistake.ToString())
        .Concat(Mistakes.Count > MaxLines ? [$"and {Mistakes.Count - MaxLines} more mistakes"] : []);
}
