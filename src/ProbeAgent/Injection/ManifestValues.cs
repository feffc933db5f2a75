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

    /// <summary>The whole number at the key; null where there is none.</summary>
    public static int? Number(this JsonNode? holder, string key) =>
        (holder as JsonObject)?[key] is JsonValue value
        && value.GetValueKind() == JsonValueKind.Number
        && int.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>True where the key has the value true.</summary>
    public static bool IsTrue(this JsonNode? holder, string key) => (holder as JsonObject)?[key]?.GetValueKind() == JsonValueKind.True;
}
