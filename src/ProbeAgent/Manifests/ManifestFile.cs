using System.Text.Json.Nodes;
using ProbeAgent.Yaml;

namespace ProbeAgent.Manifests;

/// <summary>A text of one or more manifests, YAML or JSON, which can be changed without touching what stays.</summary>
internal sealed class ManifestFile
{
    private ManifestFile(IReadOnlyList<ManifestDocument> documents) => Documents = documents;

    /// <summary>The documents, in their order; empty ones, of comments alone, are none.</summary>
    public IReadOnlyList<ManifestDocument> Documents { get; }

    /// <summary>Reads it; null and why where it is not YAML.</summary>
    public static (ManifestFile? File, YamlMistake? Mistake) Read(string text) => throw new NotImplementedException(text);

    /// <summary>The text with the documents' values changed to the given ones; all else of it stays as it is. Null and why where that cannot be.</summary>
    public (string? Text, YamlMistake? Mistake) With(IReadOnlyDictionary<ManifestDocument, JsonNode> values) =>
        throw new NotImplementedException($"{Documents.Count} {values.Count}");
}
