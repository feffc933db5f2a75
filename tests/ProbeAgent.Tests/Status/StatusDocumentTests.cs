using System.Text.Json;
using System.Text.RegularExpressions;
using ProbeAgent.Status;
using static ProbeAgent.Tests.Status.Statuses;

namespace ProbeAgent.Tests.Status;

public sealed partial class StatusDocumentTests
{
    [Fact]
    public void Fields_AreThoseThatTheirPageExplains()
    {
        var page = File.ReadAllText(Path.Combine(SourceTree.Product, "..", "..", "docs", "status.md"));
        using var document = JsonDocument.Parse(Json(Of(Failing with { StatusCode = 500 }, "note")));

        Assert.Equal(
            Row().Matches(page).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal),
            FieldsOf(document.RootElement, "").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Json_OfAnOlderAgent_CanBeShown()
    {
        var status = Read("""{"status":"fail","checks":{"app":[{"status":"fail","since":"2026-11-22T03:04:05Z","reason":"bad_status"}],"odd":null,"none":[null]}}""");

        Assert.Contains("\napp: DOWN (bad_status) for 0 s", StatusText.Render(status, isColourful: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_OfANewerAgent_IsReadWithoutWhatIsUnknown()
    {
        var status = Read("""
            {"status":"odd","new":{"deep":[1,{}]},"uptimeSeconds":1e300,
             "checks":{"app":[{"status":"odd","since":"2026-11-22T03:04:05Z","forSeconds":-5,"transitions":[null,{"to":"odd","lastedSeconds":1e200}],"new":1}]}}
            """);

        var text = StatusText.Render(status, isColourful: false);

        Assert.Contains("app: odd for 0 s", text, StringComparison.Ordinal);
        Assert.Contains("app: odd, was", text, StringComparison.Ordinal);
    }

    private static string Json(StatusDocument status) => JsonSerializer.Serialize(status, StatusJson.Default.StatusDocument);

    private static StatusDocument Read(string json) => JsonSerializer.Deserialize(json, StatusJson.Default.StatusDocument)!;

    // Every leaf and every list, the name of a check as NAME.
    private static IEnumerable<string> FieldsOf(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            FieldsOf(property.Value, path == "checks" ? "checks.NAME" : path.Length == 0 ? property.Name : $"{path}.{property.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => FieldsOf(item, $"{path}[]")).Prepend($"{path}[]"),
        _ => [path],
    };

    // | `checks.NAME[].status` | text | …
    [GeneratedRegex("^\\| `([a-zA-Z.\\[\\]]+)` \\| (?:text|number|time|boolean|list) \\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
