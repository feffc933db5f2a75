using System.Text.Json.Nodes;
using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>Where to point to: at what is there, or at what would hold it.</summary>
internal static class NearestPlace
{
    /// <summary>The last of the keys, one in the other, that is there.</summary>
    public static JsonPointer Of(JsonPointer place, JsonNode? node, params IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            if (node is not JsonObject map || map[key] is not { } next)
            {
                return place;
            }

            (place, node) = (place / key, next);
        }

        return place;
    }
}
