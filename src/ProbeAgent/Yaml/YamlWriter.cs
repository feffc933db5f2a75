using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProbeAgent.Yaml;

/// <summary>Writes a value as YAML in blocks, as a person would.</summary>
internal static partial class YamlWriter
{
    /// <summary>The lines, the outermost not indented. What is not a mapping or a list is one line, or <c>|</c> and the lines of a text.</summary>
    public static IReadOnlyList<string> Lines(JsonNode? value, YamlLayout layout) => value switch
    {
        JsonObject { Count: > 0 } map => [.. map.SelectMany(member => Member(member.Key, member.Value, layout))],
        JsonArray { Count: > 0 } list => [.. list.SelectMany(item => Item(item, layout))],
        JsonObject => ["{}"],
        JsonArray => ["[]"],
        JsonValue single when TextOf(single) is { } text && IsOfLines(text) =>
            [text.EndsWith('\n') ? "|" : "|-", .. text.TrimEnd('\n').Split('\n').Select(line => Indented(line, layout.Indentation))],
        _ => [Scalar((JsonValue?)value)],
    };

    /// <summary>A single value in one line: plain where that means the same, else in quotes.</summary>
    public static string Scalar(JsonValue? value) => value is null ? "null"
        : TextOf(value) is not { } text ? value.ToJsonString()
        : Plain().IsMatch(text) && !Word().IsMatch(text) ? text
        : Quoted(text);

    /// <summary>A single value in one line, as JSON, which is YAML too.</summary>
    public static string JsonScalar(JsonValue? value) => value is null ? "null" : TextOf(value) is { } text ? Quoted(text) : value.ToJsonString();

    /// <summary>The line behind as many spaces; an empty one stays empty.</summary>
    public static string Indented(string line, int spaces) => line.Length == 0 ? "" : new string(' ', spaces) + line;

    private static IEnumerable<string> Member(string name, JsonNode? value, YamlLayout layout)
    {
        var key = Scalar(JsonValue.Create(name));
        var lines = Lines(value, layout);
        return value switch
        {
            JsonObject { Count: > 0 } => [$"{key}:", .. lines.Select(line => Indented(line, layout.Indentation))],
            JsonArray { Count: > 0 } => [$"{key}:", .. lines.Select(line => Indented(line, layout.ListIndentation))],
            _ => [$"{key}: {lines[0]}", .. lines.Skip(1)],
        };
    }

    private static IEnumerable<string> Item(JsonNode? value, YamlLayout layout)
    {
        var lines = Lines(value, layout);
        return ["- " + lines[0], .. lines.Skip(1).Select(line => Indented(line, 2))];
    }

    // What has no sign of its own is escaped; all else stays, also what takes two characters here: YAML has no word for half of one.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when IsUnseen(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static bool IsUnseen(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF';

    private static string? TextOf(JsonValue value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    // As a block it has to come back as it was: the first line shows how deep it is indented, and only one end of line is kept.
    private static bool IsOfLines(string text) =>
        text.TrimEnd('\n').Contains('\n', StringComparison.Ordinal)
        && !char.IsWhiteSpace(text[0])
        && !text.EndsWith("\n\n", StringComparison.Ordinal)
        && !text.Any(c => c != '\n' && IsUnseen(c));

    [GeneratedRegex(@"\A([A-Za-z_/][A-Za-z0-9_./-]*(:[A-Za-z0-9_./-]+)*|[0-9]+(m|[KMG]i))\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Plain();

    // What YAML 1.1 or 1.2 takes for something else than a text.
    [GeneratedRegex(@"\A(y|yes|n|no|true|false|on|off|null)\z", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
