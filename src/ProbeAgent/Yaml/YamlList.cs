namespace ProbeAgent.Yaml;

/// <summary>A sequence.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Items">In their order.</param>
internal sealed record YamlList(TextPosition At, IReadOnlyList<YamlNode> Items) : YamlNode(At);
