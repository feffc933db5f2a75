using System.Text.Json.Nodes;

namespace ProbeAgent.Manifests;

/// <summary>Where two values differ.</summary>
internal static class Difference
{
    /// <summary>The JSON Pointer of the first place; null where they are equal.</summary>
    public static string? Between(JsonNode? one, JsonNode? other)
    {
        if (one is JsonObject map && other is JsonObject otherMap)
        {
            var names = map.Select(member => member.Key).Union(otherMap.Select(member => member.Key));
            return First(names.Select(name => (Escaped(name), map.ContainsKey(name) == otherMap.ContainsKey(name), map[name], otherMap[name])));
        }

        if (one is JsonArray list && other is JsonArray otherList && list.Count == otherList.Count)
        {
            return First(list.Zip(otherList).Select((pair, number) => ($"{number}", true, pair.First, pair.Second)));
        }

        return JsonNode.DeepEquals(one, other) ? null : "";
    }

    private static string? First(IEnumerable<(string Name, bool AreBothThere, JsonNode? One, JsonNode? Other)> parts)
    {
        foreach (var (name, areBothThere, one, other) in parts)
        {
            if ((areBothThere ? Between(one, other) : "") is { } below)
            {
                return $"/{name}{below}";
            }
        }

        return null;
    }

    private static string Escaped(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
