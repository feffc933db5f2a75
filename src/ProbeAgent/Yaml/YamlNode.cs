namespace ProbeAgent.Yaml;

/// <summary>A part of a document.</summary>
/// <param name="At">Where it begins.</param>
internal abstract record YamlNode(TextPosition At);
