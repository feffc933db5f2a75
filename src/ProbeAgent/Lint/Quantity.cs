using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProbeAgent.Lint;

/// <summary>An amount of a resource, as Kubernetes writes it: <c>100m</c>, <c>32Mi</c>, <c>0.5</c>.</summary>
internal static partial class Quantity
{
    private static readonly Dictionary<string, decimal> Units = new(StringComparer.Ordinal)
    {
        [""] = 1m,
        ["n"] = 1e-9m,
        ["u"] = 1e-6m,
        ["m"] = 1e-3m,
        ["k"] = 1e3m,
        ["M"] = 1e6m,
        ["G"] = 1e9m,
        ["T"] = 1e12m,
        ["Ki"] = 1024m,
        ["Mi"] = 1024m * 1024,
        ["Gi"] = 1024m * 1024 * 1024,
        ["Ti"] = 1024m * 1024 * 1024 * 1024,
    };

    /// <summary>Its value in cores or bytes; null where there is none, or it cannot be read.</summary>
    public static decimal? Of(JsonNode? node) => node is JsonValue
        && Form().Match(node.ToString()) is { Success: true } match
        && decimal.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && Units.TryGetValue(match.Groups["unit"].Value, out var unit)
            ? number * unit
            : null;

    // Longer ones would not fit a decimal.
    [GeneratedRegex(@"\A\+?(?<number>[0-9]{1,12}(\.[0-9]{0,9})?|\.[0-9]{1,9})(?<unit>[A-Za-z]{0,2})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
