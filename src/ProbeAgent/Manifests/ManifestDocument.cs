using System.Text.Json.Nodes;
using ProbeAgent.Yaml;

namespace ProbeAgent.Manifests;

/// <summary>One document of a file.</summary>
internal sealed class ManifestDocument
{
    /// <summary>Its value, with aliases and merge keys resolved.</summary>
    public JsonNode Value { get; }

    private ManifestDocument(JsonNode value) => Value = value;

    /// <summary>Where the value at a JSON Pointer stands; of what is not there, the place of the nearest that would hold it.</summary>
    public TextPosition PositionOf(string pointer) => throw new NotImplementedException(pointer);
}
