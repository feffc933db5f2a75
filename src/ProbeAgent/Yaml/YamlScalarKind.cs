namespace ProbeAgent.Yaml;

/// <summary>What a scalar is by YAML 1.2's core schema (10.3.2).</summary>
internal enum YamlScalarKind
{
    Text,
    Number,
    Bool,
    Null,
}
