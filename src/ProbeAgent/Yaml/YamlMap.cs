namespace ProbeAgent.Yaml;

/// <summary>A mapping; each key stands there once.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Entries">In their order.</param>
internal sealed record YamlMap(TextPosition At, IReadOnlyList<YamlEntry> Entries) : YamlNode(At);
