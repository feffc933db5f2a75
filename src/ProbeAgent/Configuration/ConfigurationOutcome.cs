namespace ProbeAgent.Configuration;

/// <summary>What reading a configuration gave.</summary>
/// <param name="Configuration">The configuration; null where there are mistakes.</param>
/// <param name="Mistakes">All of them at once.</param>
/// <param name="Warnings">What is worth a line in the log and no refusal.</param>
internal sealed record ConfigurationOutcome(
    AgentConfiguration? Configuration, IReadOnlyList<ConfigurationMistake> Mistakes, IReadOnlyList<string> Warnings);
