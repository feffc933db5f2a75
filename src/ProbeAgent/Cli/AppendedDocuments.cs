using System.Text.Json.Nodes;
using ProbeAgent.Yaml;

namespace ProbeAgent.Cli;

/// <summary>Writes further documents at the end of a text of manifests.</summary>
internal static class AppendedDocuments
{
    /// <summary>The text with the documents behind it, in its own ends of lines.</summary>
    public static string To(string text, IReadOnlyList<JsonObject> documents)
    {
        if (documents.Count == 0)
        {
            return text;
        }

        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var lines = documents.SelectMany(document => YamlWriter.Lines(document, new YamlLayout(2, 2)).Prepend("---"));
        return text + (text.EndsWith('\n') ? "" : newLine) + string.Concat(lines.Select(line => line + newLine));
    }
}
