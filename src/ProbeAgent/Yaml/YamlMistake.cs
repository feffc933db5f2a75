namespace ProbeAgent.Yaml;

/// <summary>Something that a document must not have.</summary>
/// <param name="At">Where it stands.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
internal sealed record YamlMistake(TextPosition At, string Message);
