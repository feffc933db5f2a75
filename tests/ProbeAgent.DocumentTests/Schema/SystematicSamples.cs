using System.Text.Json.Nodes;

namespace ProbeAgent.DocumentTests.Schema;

/// <summary>Each key there and away, at its bounds and over them, with each of its words, and with what is nothing of it.</summary>
/// <param name="schema">The schema.</param>
/// <param name="generator">Makes what stands around the key.</param>
internal sealed class SystematicSamples(DocumentSchema schema, DocumentGenerator generator)
{
    private static readonly string[] Strangers =
        ["null", "true", "0", "-1", "7", "0.5", "1.0", "1e1", "\"\"", "\"80\"", "\"true\"", "\"Nobody knows\"", "[]", "[null]", "{}", "{\"a\": 1}"];

    /// <summary>All of them.</summary>
    public IEnumerable<Sample> All() => schema.Keys.SelectMany(OfKey);

    private IEnumerable<Sample> OfKey(SchemaKey key)
    {
        yield return Changed(key, "there", (_, _) => { });
        yield return Changed(key, "away", (around, name) => around.Remove(name));
        yield return Changed(key, "misspelt", (around, name) => Rename(around, name, name + "x"));
        yield return Changed(key, "in capitals", (around, name) => Rename(around, name, name.ToUpperInvariant()));
        yield return Changed(key, "beside a stranger", (around, _) => around["stranger"] = 1);
        foreach (var value in Words(key.Schema).Concat(Bounds(key.Schema)).Concat(Strangers.Select(text => JsonNode.Parse(text))))
        {
            yield return Changed(key, value?.ToJsonString() ?? "null", (around, name) => around[name] = value?.DeepClone());
        }
    }

    private Sample Changed(SchemaKey key, string origin, Action<JsonObject, string> change)
    {
        var document = generator.With(key);
        JsonNode around = document;
        foreach (var name in key.Names.SkipLast(1))
        {
            around = around[name] is JsonArray list ? list[0]! : around[name]!;
        }

        change(around.AsObject(), key.Names[^1]);
        return Sample.Of($"{key}: {origin}", document);
    }

    private static void Rename(JsonObject around, string from, string to)
    {
        var value = around[from];
        around.Remove(from);
        around[to] = value;
    }

    private static IEnumerable<JsonNode?> Words(JsonObject of)
    {
        var single = of["items"]?.AsObject() is { } items && (items["enum"] is not null || items["const"] is not null) ? items : of;
        var words = new[] { single["const"] }.Concat(single["enum"]?.AsArray() ?? []).Concat(single["examples"]?.AsArray() ?? []).OfType<JsonNode>();
        foreach (var word in words.ToList())
        {
            yield return single == of ? word : new JsonArray(word.DeepClone());
            yield return single == of ? word.GetValue<string>().ToUpperInvariant() : new JsonArray(word.DeepClone(), word.DeepClone());
        }

        yield return of["default"]?.DeepClone() ?? JsonValue.Create("no default");
    }

    private static IEnumerable<JsonNode?> Bounds(JsonObject of)
    {
        foreach (var bound in new[] { of["minimum"], of["maximum"] }.OfType<JsonNode>().Select(bound => bound.GetValue<decimal>()))
        {
            foreach (var step in new[] { -1m, -0.1m, 0m, 0.1m, 1m })
            {
                yield return JsonValue.Create(bound + step);
            }
        }
    }
}
