using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>Reads single values of manifests, whatever they are made from.</summary>
internal static class ManifestValues
{
    /// <summary>The text at the key; null where there is none.</summary>
    public static string? Text(this JsonNode? holder, string key) =>
        (holder as JsonObject)?[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>The whole number at the key, also where it is written as 5.0 or 5e0, which Kubernetes takes; null where there is none.</summary>
    public static int? Number(this JsonNode? holder, string key) =>
        (holder as JsonObject)?[key] is JsonValue value
        && value.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number == decimal.Truncate(number)
        && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : null;

    /// <summary>True where the key has the value true.</summary>
    public static bool IsTrue(this JsonNode? holder, string key) => (holder as JsonObject)?[key]?.GetValueKind() == JsonValueKind.True;
}
