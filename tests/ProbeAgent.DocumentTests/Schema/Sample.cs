using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProbeAgent.DocumentTests.Schema;

/// <summary>A document to ask both about.</summary>
/// <param name="Origin">How it was made.</param>
/// <param name="Text">JSON, on one line.</param>
internal sealed record Sample(string Origin, string Text)
{
    private static readonly JsonSerializerOptions OnOneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Spread = new(OnOneLine) { WriteIndented = true };

    private static readonly JsonDocumentOptions WithoutTwins = new() { AllowDuplicateProperties = false };

    /// <summary>Writes a document down.</summary>
    public static Sample Of(string origin, JsonNode document) => new(origin, document.ToJsonString(OnOneLine));

    /// <summary>The same over many lines; of a key that stands twice one would be lost, so such a document stays on its line.</summary>
    public string OnManyLines()
    {
        try
        {
            return JsonNode.Parse(Text, documentOptions: WithoutTwins)!.ToJsonString(Spread);
        }
        catch (JsonException)
        {
            return Text;
        }
    }
}
