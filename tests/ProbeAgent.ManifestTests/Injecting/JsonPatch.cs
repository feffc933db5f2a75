using System.Globalization;
using System.Text.Json.Nodes;

namespace ProbeAgent.ManifestTests.Injecting;

/// <summary>Applies an RFC 6902 patch, as an API server does.</summary>
internal static class JsonPatch
{
    /// <summary>The document after the patch; the one given stays as it is. Throws where an operation has no place.</summary>
    public static JsonNode Apply(JsonNode document, JsonNode patch)
    {
        var root = new JsonObject { [""] = document.DeepClone() };
        foreach (var operation in patch.AsArray())
        {
            Apply(root, operation!.AsObject());
        }

        return root[""]!;
    }

    private static void Apply(JsonObject root, JsonObject operation)
    {
        string[] path = [.. $"{operation["path"]}".Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
        var parent = path[..^1].Aggregate((JsonNode)root, Step);
        var value = operation["value"]?.DeepClone();
        switch ($"{operation["op"]}")
        {
            case "add": Add(parent, path[^1], value); break;
            case "replace": Remove(parent, path[^1]); Add(parent, path[^1], value); break;
            case "remove": Remove(parent, path[^1]); break;
            case "test": Assert.True(JsonNode.DeepEquals(Step(parent, path[^1]), value), $"The test at {operation["path"]} fails."); break;
            default: Assert.Fail($"'{operation["op"]}' at {operation["path"]} is not an operation that is expected."); break;
        }
    }

    private static JsonNode Step(JsonNode parent, string step) =>
        (parent is JsonArray list ? list[Index(step)] : parent[step]) ?? throw new InvalidOperationException($"There is no '{step}' in {parent.ToJsonString()}.");

    private static void Add(JsonNode parent, string step, JsonNode? value)
    {
        if (parent is JsonArray list)
        {
            list.Insert(step == "-" ? list.Count : Index(step), value);
        }
        else
        {
            parent[step] = value;
        }
    }

    private static void Remove(JsonNode parent, string step)
    {
        if (parent is JsonArray list)
        {
            list.RemoveAt(Index(step));
        }
        else
        {
            Assert.True(parent.AsObject().Remove(step), $"There is no '{step}' to be removed.");
        }
    }

    private static int Index(string step) => int.Parse(step, NumberStyles.None, CultureInfo.InvariantCulture);
}
