using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProbeAgent.ManifestTests.Injecting;

namespace ProbeAgent.ManifestTests.Charts;

/// <summary>A value that the chart describes: a line <c># -- …</c> of <c>values.yaml</c> and what follows it.</summary>
/// <param name="Key">Its path, with dots.</param>
/// <param name="Description">What it says of it.</param>
/// <param name="Default">What it is where nobody gives another.</param>
internal sealed record ChartValue(string Key, string Description, JsonNode? Default)
{
    private const string Mark = "# -- ";

    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<ChartValue> All { get; } = [.. Read(Manifests.Read($"{ChartLab.Chart}/values.yaml"))];

    /// <summary>Its row in the chart's README.</summary>
    public string Row => $"| `{Key}` | {Description} | `{Default?.ToJsonString(AsWritten)}` |";

    private static IEnumerable<ChartValue> Read(string text)
    {
        var values = YamlValue.Documents(text).Single();
        var path = new List<string>();
        var description = "";
        foreach (var line in text.Split('\n'))
        {
            var content = line.TrimStart();
            if (content.StartsWith(Mark, StringComparison.Ordinal))
            {
                description = content[Mark.Length..];
            }
            else if (content.Contains(':', StringComparison.Ordinal) && !content.StartsWith('#'))
            {
                path.RemoveRange((line.Length - content.Length) / 2, path.Count - ((line.Length - content.Length) / 2));
                path.Add(content[..content.IndexOf(':', StringComparison.Ordinal)]);
                if (description.Length > 0)
                {
                    yield return new ChartValue(string.Join('.', path), description, path.Aggregate((JsonNode?)values, (value, key) => value![key]));
                    description = "";
                }
            }
        }
    }
}
