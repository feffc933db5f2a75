using ProbeAgent.Manifests;

namespace ProbeAgent.Cli;

/// <summary>A document that is looked at.</summary>
/// <param name="Source">The file it is from, as it was named.</param>
/// <param name="Index">Which of the file's documents, counted from 0.</param>
/// <param name="Document">The document.</param>
internal sealed record LintedDocument(string Source, int Index, ManifestDocument Document);
