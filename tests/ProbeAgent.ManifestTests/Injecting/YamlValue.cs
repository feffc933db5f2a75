using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ProbeAgent.ManifestTests.Injecting;

/// <summary>What a YAML text means, as Kubernetes reads it: JSON, with aliases and merge keys resolved.</summary>
internal static partial class YamlValue
{
    /// <summary>Its documents; an empty one is none.</summary>
    public static IReadOnlyList<JsonNode> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => Of(document.RootNode)).OfType<JsonNode>()];
    }

    /// <summary>True where two values are equal, whatever the order of their keys.</summary>
    public static bool Same(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(one, other);

    /// <summary>A value with its keys in order, for comparing and reading.</summary>
    public static string Text(JsonNode? value) => Sorted(value)?.ToJsonString(new() { WriteIndented = true }) ?? "null";

    private static JsonNode? Sorted(JsonNode? value) => value switch
    {
        JsonObject map => new JsonObject(map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        null => null,
        _ => value.DeepClone(),
    };

    private static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMappingNode map => Map(map),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Of)]),
        YamlScalarNode { Style: not ScalarStyle.Plain } text => JsonValue.Create(text.Value),
        YamlScalarNode plain => Plain(plain.Value ?? ""),
        _ => throw new InvalidOperationException($"{node.NodeType} at {node.Start} is no value."),
    };

    // A key that is written out goes before a merged one, an earlier merged mapping before a later.
    private static JsonObject Map(YamlMappingNode node)
    {
        var map = new JsonObject();
        foreach (var (key, value) in node.Children.Where(child => !IsMerge(child.Key)))
        {
            map.Add(((YamlScalarNode)key).Value!, Of(value));
        }

        foreach (var (_, merged) in node.Children.Where(child => IsMerge(child.Key)))
        {
            var sources = merged is YamlSequenceNode list ? list.Children.ToList() : [merged];
            foreach (var (key, value) in sources.SelectMany(source => Map((YamlMappingNode)source).ToList()))
            {
                map.TryAdd(key, value?.DeepClone());
            }
        }

        return map;
    }

    private static bool IsMerge(YamlNode key) => key is YamlScalarNode { Value: "<<", Style: ScalarStyle.Plain };

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => JsonValue.Create(true),
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => JsonValue.Create(false),
        _ when Octal().IsMatch(text) => JsonValue.Create(Convert.ToInt64(text, 8)),
        _ when Whole().IsMatch(text) => JsonValue.Create(long.Parse(text, CultureInfo.InvariantCulture)),
        _ when Number().IsMatch(text) => JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(text),
    };

    // A mode of files, as 0440: Kubernetes reads YAML 1.1.
    [GeneratedRegex(@"^0[0-7]{1,18}$")]
    private static partial Regex Octal();

    [GeneratedRegex(@"^[-+]?[0-9]{1,18}$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
