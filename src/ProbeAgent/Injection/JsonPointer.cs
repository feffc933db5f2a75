using System.Globalization;
using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>A place in a JSON document (RFC 6901).</summary>
internal sealed class JsonPointer
{
    /// <summary>The whole document.</summary>
    public static readonly JsonPointer Root = new([]);

    private readonly string[] steps;

    private JsonPointer(string[] steps) => this.steps = steps;

    /// <summary>The last step.</summary>
    public string Last => steps[^1];

    /// <summary>The place that holds this one.</summary>
    public JsonPointer Parent => new(steps[..^1]);

    /// <summary>The steps from the root on, unescaped.</summary>
    public IReadOnlyList<string> Steps => steps;

    public static JsonPointer operator /(JsonPointer parent, string step) => new([.. parent.steps, step]);

    public static JsonPointer operator /(JsonPointer parent, int index) => parent / index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads one as it is written.</summary>
    public static JsonPointer Parse(string text) => text.Length == 0
        ? Root
        : new([.. text[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]);

    /// <summary>What is there; null where there is nothing, or a null.</summary>
    public JsonNode? Find(JsonNode? document)
    {
        var here = document;
        foreach (var step in steps)
        {
            here = here switch
            {
                JsonObject map => map[step],
                JsonArray list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }

        return here;
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => string.Concat(
        steps.Select(step => '/' + step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
}
