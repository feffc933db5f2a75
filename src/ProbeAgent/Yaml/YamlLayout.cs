namespace ProbeAgent.Yaml;

/// <summary>How the lines of a document are indented.</summary>
/// <param name="Indentation">Spaces by which a mapping in a mapping is indented.</param>
/// <param name="ListIndentation">Spaces by which the <c>-</c> of a list is indented under the key that holds it; often 0.</param>
internal readonly record struct YamlLayout(int Indentation = 2, int ListIndentation = 2)
{
    /// <summary>The usual one. Without it, what is called with no arguments would be of zeros.</summary>
    public YamlLayout()
        : this(2, 2)
    {
    }
}
