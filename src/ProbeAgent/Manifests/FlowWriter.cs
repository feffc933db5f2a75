using System.Text.Json.Nodes;
using ProbeAgent.Yaml;

namespace ProbeAgent.Manifests;

/// <summary>Writes a value with brackets and braces.</summary>
/// <param name="isJson">True: as JSON. False: a text that needs no quotes has none.</param>
internal sealed class FlowWriter(bool isJson)
{
    /// <summary>In one line.</summary>
    public string Line(JsonNode? value) => value switch
    {
        JsonObject map => "{" + string.Join(", ", map.Select(member => Member(member.Key, Line(member.Value)))) + "}",
        JsonArray list => "[" + string.Join(", ", list.Select(Line)) + "]",
        _ => Scalar((JsonValue?)value),
    };

    /// <summary>In as many lines as there are entries.</summary>
    /// <param name="value">The value.</param>
    /// <param name="newLine">What ends a line, with what indents the line that the value begins in.</param>
    /// <param name="step">What indents its entries beyond that.</param>
    public string Lines(JsonNode? value, string newLine, string step) => value switch
    {
        JsonObject { Count: > 0 } map =>
            $"{{{newLine}{step}{string.Join($",{newLine}{step}", map.Select(member => Member(member.Key, Lines(member.Value, newLine + step, step))))}{newLine}}}",
        JsonArray { Count: > 0 } list =>
            $"[{newLine}{step}{string.Join($",{newLine}{step}", list.Select(item => Lines(item, newLine + step, step)))}{newLine}]",
        _ => Line(value),
    };

    /// <summary>A key and what is written of its value.</summary>
    public string Member(string name, string value) => $"{Scalar(JsonValue.Create(name))}: {value}";

    private string Scalar(JsonValue? value) => isJson ? YamlWriter.JsonScalar(value) : YamlWriter.Scalar(value);
}
