using System.Text.Json.Nodes;
using ProbeAgent.Lab;

namespace ProbeAgent.DocumentTests.Schema;

/// <summary>The schema that the project ships.</summary>
internal sealed class DocumentSchema
{
    /// <summary>Where it lies, from the root.</summary>
    public const string File = "deploy/probe-agent.schema.json";

    private DocumentSchema()
    {
    }

    /// <summary>The one there is.</summary>
    public static DocumentSchema Shipped { get; } = new();

    /// <summary>The schema of the whole document.</summary>
    public JsonObject Root { get; } = JsonNode.Parse(System.IO.File.ReadAllText(Checkout.InRoot(File)))!.AsObject();

    /// <summary>Every key, outermost first, as the page writes them: <c>checks[].httpGet.port</c>.</summary>
    public IReadOnlyList<SchemaKey> Keys => [.. KeysOf(Root, [])];

    /// <summary>A schema with what it refers to beside its own words, which hold where both say something.</summary>
    public JsonObject Resolve(JsonNode schema)
    {
        if (schema["$ref"] is not { } reference)
        {
            return schema.AsObject();
        }

        var resolved = Root["$defs"]![reference.GetValue<string>().Split('/')[^1]]!.DeepClone().AsObject();
        foreach (var (word, value) in schema.AsObject().Where(pair => pair.Key != "$ref"))
        {
            resolved[word] = value?.DeepClone();
        }

        return resolved;
    }

    private IEnumerable<SchemaKey> KeysOf(JsonObject schema, IReadOnlyList<string> above)
    {
        foreach (var (name, value) in schema["properties"]?.AsObject() ?? [])
        {
            var key = new SchemaKey([.. above, name], Resolve(value!), IsRequired(schema, name));
            yield return key;
            var inner = key.Schema["items"] is { } items ? Resolve(items) : key.Schema;
            foreach (var below in KeysOf(inner, key.Names))
            {
                yield return below;
            }
        }
    }

    private static bool IsRequired(JsonObject schema, string name) =>
        schema["required"]?.AsArray().Any(required => required!.GetValue<string>() == name) == true;
}
