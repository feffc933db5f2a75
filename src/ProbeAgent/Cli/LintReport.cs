using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProbeAgent.Injection;
using ProbeAgent.Lint;
using ProbeAgent.Yaml;

namespace ProbeAgent.Cli;

/// <summary>The findings as they are printed, in the order of files and lines.</summary>
internal sealed class LintReport(IReadOnlyList<LintedDocument> documents, IReadOnlyList<LintFinding> findings)
{
    // It is for no page of HTML: quotes stay quotes.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    private readonly List<(LintedDocument Document, TextPosition At, LintFinding Finding)> lines =
        [.. findings
            .Select(finding => (Document: documents[finding.Document], At: documents[finding.Document].Document.PositionOf(finding.Pointer), finding))
            .GroupBy(line => line.Document.Source)
            .SelectMany(file => file.OrderBy(line => line.At))];

    /// <summary>True where one of them is as severe as the word says; 'never' is no severity.</summary>
    public bool Reaches(string threshold) => findings.Any(finding => threshold switch
    {
        "error" => finding.Severity == FindingSeverity.Error,
        "warning" => finding.Severity >= FindingSeverity.Warning,
        "info" => true,
        _ => false,
    });

    /// <summary>For people: three lines for each, and one about them all.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var (document, at, finding) in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"{document.Source}:{at.Line}:{at.Column}: {WordOf(finding.Severity)} {finding.Rule}: {finding.Message}\n")
                .Append(CultureInfo.InvariantCulture, $"    {finding.Advice}\n    {finding.Link}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{Count(FindingSeverity.Error, "error")}, {Count(FindingSeverity.Warning, "warning")}, ")
            .Append(CultureInfo.InvariantCulture, $"{Count(FindingSeverity.Info, "info")}\n")
            .ToString();
    }

    /// <summary>For programs: docs/lint.md.</summary>
    public string ToJson()
    {
        var array = new JsonArray([.. lines.Select(JsonNode? (line) => new JsonObject
        {
            ["rule"] = line.Finding.Rule,
            ["severity"] = WordOf(line.Finding.Severity),
            ["file"] = line.Document.Source,
            ["line"] = line.At.Line,
            ["column"] = line.At.Column,
            ["document"] = line.Document.Index,
            ["pointer"] = line.Finding.Pointer,
            ["message"] = line.Finding.Message,
            ["advice"] = line.Finding.Advice,
            ["link"] = line.Finding.Link,
        })]);
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Readable))
        {
            array.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static string WordOf(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "error",
        FindingSeverity.Warning => "warning",
        _ => "info",
    };

    private string Count(FindingSeverity severity, string word) => findings.Count(finding => finding.Severity == severity) switch
    {
        1 => $"1 {word}",
        var count => string.Create(CultureInfo.InvariantCulture, $"{count} {word}s"),
    };
}
