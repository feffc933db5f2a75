using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace ProbeAgent.Admission;

/// <summary>
/// Reads JSON from strangers. It is read whole, so that nothing is left to throw later, as the library's own lazy nodes do at a
/// double key; of double keys the last one counts, as in Go.
/// </summary>
internal static class BoundedJson
{
    // A large pod has some thousands. Eight megabytes of nothing but zeros would become half a gigabyte of nodes.
    private const int MaxTokens = 300_000;

    // A pod is some twenty deep, the review around it and its managedFields counted.
    private const int MaxDepth = 64;

    /// <summary>Reads one document.</summary>
    /// <param name="text">It must stay as it is for as long as the nodes are used.</param>
    /// <exception cref="JsonException">It is none, or is larger or deeper than any object of Kubernetes.</exception>
    public static JsonNode? Read(ReadOnlyMemory<byte> text)
    {
        if (!Utf8.IsValid(text.Span))
        {
            throw new JsonException("it is not UTF-8");
        }

        Count(text.Span);
        try
        {
            // Not disposed of: numbers stay in it. It reads the text where it lies, without a copy.
            return NodeOf(JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth }).RootElement);
        }
        catch (InvalidOperationException exception)
        {
            // Half of a surrogate pair, which is no text.
            throw new JsonException(exception.Message, exception);
        }
    }

    private static void Count(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
        for (var tokens = 0; reader.Read(); tokens++)
        {
            if (tokens == MaxTokens)
            {
                throw new JsonException("it has more values than any pod");
            }
        }
    }

    private static JsonNode? NodeOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ObjectOf(element),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(NodeOf)]),
        JsonValueKind.String => JsonValue.Create(element.GetString()),
        JsonValueKind.Null => null,

        // A number stays as it is written.
        _ => JsonValue.Create(element),
    };

    private static JsonObject ObjectOf(JsonElement element)
    {
        var map = new JsonObject();
        foreach (var property in element.EnumerateObject())
        {
            map[property.Name] = NodeOf(property.Value);
        }

        return map;
    }
}
