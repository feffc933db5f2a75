namespace ProbeAgent.Yaml;

/// <summary>What stands where something was refused: there is a mistake for it already.</summary>
internal sealed record YamlRefused(TextPosition At) : YamlNode(At);
