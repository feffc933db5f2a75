using System.Text.Json.Nodes;

namespace ProbeAgent.DocumentTests.Schema;

/// <summary>Writes documents that the schema allows. The same numbers come of the same seed.</summary>
/// <param name="schema">The schema.</param>
/// <param name="random">Decides.</param>
internal sealed class DocumentGenerator(DocumentSchema schema, Random random)
{
    private static readonly string[] Kinds = ["httpGet", "tcpSocket", "grpc"];

    /// <summary>A document with as much in it as chance wants; always with something to ask.</summary>
    public JsonObject Any() => Object(schema.Root, name => name == "checks" || random.Next(2) == 0);

    /// <summary>A document with this key in it, and else only what must be there.</summary>
    public JsonObject With(SchemaKey key)
    {
        // Of all kinds an HTTP check may have the most beside it.
        var wanted = key.Names.Append("checks").Concat(key.Names.Any(Kinds.Contains) ? [] : ["httpGet"]).ToHashSet();
        return Object(schema.Root, wanted.Contains);
    }

    /// <summary>A value that the schema of a key allows.</summary>
    public JsonNode Value(JsonNode of)
    {
        var resolved = schema.Resolve(of);
        if (resolved["const"] is { } constant)
        {
            return constant.DeepClone();
        }

        if (resolved["enum"] is JsonArray choice)
        {
            return Pick(choice);
        }

        return resolved["type"]!.GetValue<string>() switch
        {
            "object" => Object(resolved, _ => random.Next(2) == 0),
            "array" => Array(resolved, _ => random.Next(2) == 0),
            "boolean" => JsonValue.Create(random.Next(2) == 0),
            "integer" => JsonValue.Create(Whole(resolved)),
            "number" => JsonValue.Create(Math.Round(Minimum(resolved) + (random.NextDouble() * (Maximum(resolved) - Minimum(resolved))), 3)),
            _ => Text(resolved),
        };
    }

    private JsonObject Object(JsonObject of, Func<string, bool> isWanted)
    {
        var written = new JsonObject();
        var properties = of["properties"]!.AsObject();
        var kinds = of["oneOf"]?.AsArray().Select(kind => kind!["required"]![0]!.GetValue<string>()).ToList() ?? [];
        var wanted = kinds.Where(isWanted).ToList();
        var choice = wanted.Count == 1 ? wanted : kinds;
        var kind = choice.Count == 0 ? null : choice[random.Next(choice.Count)];
        foreach (var (name, inner) in properties)
        {
            if (Has(of, "required", name) || name == kind || (!kinds.Contains(name) && isWanted(name)))
            {
                written[name] = Inner(schema.Resolve(inner!), isWanted);
            }
        }

        Conclude(of, written);
        if (kind is not null && written.Count(pair => kinds.Contains(pair.Key)) > 1)
        {
            // 'then' asked for another kind.
            written.Remove(kind);
        }

        return written;
    }

    private JsonNode Inner(JsonObject of, Func<string, bool> isWanted) => of["type"]?.GetValue<string>() switch
    {
        "object" => Object(of, isWanted),
        "array" => Array(of, isWanted),
        _ => Value(of),
    };

    // What 'then' says where 'if' holds: both are of 'required' and 'const' only.
    private void Conclude(JsonObject of, JsonObject written)
    {
        if (of["if"] is not JsonObject condition || !Holds(condition, written))
        {
            return;
        }

        foreach (var (name, inner) in of["then"]!["properties"]?.AsObject() ?? [])
        {
            written[name] = inner!["const"]!.DeepClone();
        }

        foreach (var name in of["then"]!["required"]!.AsArray().Select(required => required!.GetValue<string>()))
        {
            written[name] ??= Value(of["properties"]![name]!);
        }
    }

    private static bool Holds(JsonObject condition, JsonObject written) =>
        condition["required"]!.AsArray().All(required => written.ContainsKey(required!.GetValue<string>()))
        && (condition["properties"]?.AsObject() ?? []).All(pair => JsonNode.DeepEquals(written[pair.Key], pair.Value!["const"]));

    private JsonArray Array(JsonObject of, Func<string, bool> isWanted)
    {
        var items = schema.Resolve(of["items"]!);
        var written = new JsonArray();
        var count = random.Next(1, 4);
        for (var i = 0; i < count; i++)
        {
            var item = Inner(items, isWanted);
            if (of["uniqueItems"] is null || !written.Any(other => JsonNode.DeepEquals(other, item)))
            {
                written.Add(Numbered(item, i));
            }
        }

        return written;
    }

    // Names of checks and relays, and containers of hooks, must differ, which the schema cannot say.
    private static JsonNode Numbered(JsonNode item, int i)
    {
        var name = item is not JsonObject named || named.ContainsKey("value") ? null : named.ContainsKey("key") ? "container" : "name";
        if (name is not null && item[name] is { } label)
        {
            item[name] = $"{label.GetValue<string>()}-{i}";
        }

        return item;
    }

    private JsonNode Text(JsonObject of)
    {
        var examples = of["examples"]!.AsArray();
        return of["default"] is { } usual && random.Next(4) == 0 ? usual.DeepClone() : Pick(examples);
    }

    private long Whole(JsonObject of) => random.Next(4) switch
    {
        0 => (long)Minimum(of),
        1 => (long)Maximum(of),
        _ => random.NextInt64((long)Minimum(of), (long)Maximum(of) + 1),
    };

    private JsonNode Pick(JsonArray from) => from[random.Next(from.Count)]!.DeepClone();

    private static double Minimum(JsonObject of) => of["minimum"]!.GetValue<double>();

    private static double Maximum(JsonObject of) => of["maximum"]!.GetValue<double>();

    private static bool Has(JsonObject of, string word, string name) =>
        of[word]?.AsArray().Any(item => item!.GetValue<string>() == name) == true;
}
