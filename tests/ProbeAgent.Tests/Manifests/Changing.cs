using System.Text.Json.Nodes;
using ProbeAgent.Manifests;

namespace ProbeAgent.Tests.Manifests;

/// <summary>Changes the value of a text's documents, and gives the text that comes of it.</summary>
internal static class Changing
{
    /// <summary>The changed text.</summary>
    public static string With(string text, params Action<JsonNode>[] changes)
    {
        var (file, mistake) = ManifestFile.Read(text);
        Assert.Null(mistake);
        var values = new Dictionary<ManifestDocument, JsonNode>();
        foreach (var (document, change) in file!.Documents.Zip(changes))
        {
            var value = document.Value.DeepClone();
            change(value);
            values.Add(document, value);
        }

        var (changed, refusal) = file.With(values);
        Assert.True(refusal is null, $"{refusal?.At} {refusal?.Message}");
        return changed!;
    }

    /// <summary>The text with its one document's value replaced.</summary>
    public static string To(string text, string json)
    {
        var (file, mistake) = ManifestFile.Read(text);
        Assert.Null(mistake);
        var (changed, refusal) = file!.With(new Dictionary<ManifestDocument, JsonNode> { [file.Documents[0]] = JsonNode.Parse(json)! });
        Assert.True(refusal is null, $"{refusal?.At} {refusal?.Message}");
        return changed!;
    }
}
