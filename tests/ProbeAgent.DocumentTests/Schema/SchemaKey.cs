using System.Text.Json.Nodes;

namespace ProbeAgent.DocumentTests.Schema;

/// <summary>A key of the document.</summary>
/// <param name="Names">The keys from the outermost to this one; lists in between are not written.</param>
/// <param name="Schema">What may stand there.</param>
/// <param name="IsRequired">True where its object cannot be without it.</param>
internal sealed record SchemaKey(IReadOnlyList<string> Names, JsonObject Schema, bool IsRequired)
{
    private static readonly HashSet<string> Lists = ["checks", "relays", "hooks", "httpHeaders"];

    /// <summary>As the page writes it.</summary>
    public string Path => string.Concat(Names.Select((name, i) =>
        (i == 0 ? "" : ".") + name + (Lists.Contains(name) && i < Names.Count - 1 ? "[]" : "")));

    /// <summary>True where it holds other keys, and no value of its own.</summary>
    public bool IsSection => Schema["properties"] is not null || Schema["items"]?["$ref"] is not null || Schema["items"]?["properties"] is not null;

    /// <inheritdoc/>
    public override string ToString() => Path;
}
