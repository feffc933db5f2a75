using System.Text.Json.Nodes;

namespace ProbeAgent.Manifests;

/// <summary>Which items of a list are which in its new form: those that are equal, and mappings of the same <c>name</c>. The most that can be, in their order.</summary>
internal static class Alignment
{
    // Beyond it, what is not at the list's ends is taken to be all different.
    private const int MaxPairs = 4_000_000;

    /// <summary>The pairs of numbers, old and new, both rising.</summary>
    public static IReadOnlyList<(int Old, int New)> Of(JsonArray old, JsonArray desired) => Of([.. old.Select(Identity)], [.. desired.Select(Identity)]);

    /// <summary>The same of texts.</summary>
    public static IReadOnlyList<(int Old, int New)> Of(string[] was, string[] will)
    {
        var shorter = Math.Min(was.Length, will.Length);
        var (head, tail) = (0, 0);
        while (head < shorter && was[head] == will[head])
        {
            head++;
        }

        while (tail < shorter - head && was[^(tail + 1)] == will[^(tail + 1)])
        {
            tail++;
        }

        return
        [
            .. Enumerable.Range(0, head).Select(i => (i, i)),
            .. Longest(was[head..^tail], will[head..^tail]).Select(pair => (pair.Old + head, pair.New + head)),
            .. Enumerable.Range(0, tail).Select(i => (was.Length - tail + i, will.Length - tail + i)),
        ];
    }

    /// <summary>True for two mappings that call themselves differently.</summary>
    public static bool AreOthers(JsonNode? old, JsonNode? desired) => NameOf(old) is { } was && NameOf(desired) is { } will && was != will;

    private static string Identity(JsonNode? item) => NameOf(item) is { } name ? "name " + name : item?.ToJsonString() ?? "null";

    private static string? NameOf(JsonNode? item) =>
        item is JsonObject map && map["name"] is JsonValue name && name.TryGetValue<string>(out var text) ? text : null;

    private static List<(int Old, int New)> Longest(string[] was, string[] will)
    {
        var pairs = new List<(int Old, int New)>();
        if ((long)was.Length * will.Length is 0 or > MaxPairs)
        {
            return pairs;
        }

        var lengths = Enumerable.Range(0, was.Length + 1).Select(_ => new int[will.Length + 1]).ToArray();
        for (var i = was.Length - 1; i >= 0; i--)
        {
            for (var j = will.Length - 1; j >= 0; j--)
            {
                lengths[i][j] = was[i] == will[j] ? lengths[i + 1][j + 1] + 1 : Math.Max(lengths[i + 1][j], lengths[i][j + 1]);
            }
        }

        for (var (i, j) = (0, 0); i < was.Length && j < will.Length;)
        {
            if (was[i] == will[j])
            {
                pairs.Add((i++, j++));
            }
            else if (lengths[i + 1][j] >= lengths[i][j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return pairs;
    }
}
