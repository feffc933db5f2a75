using System.Text.Json.Nodes;
using ProbeAgent.Manifests;
using ProbeAgent.Yaml;

namespace ProbeAgent.Tests.Yaml;

/// <summary>What is written means, to whoever reads it, what was given.</summary>
public sealed class YamlWriterTests
{
    [Theory]
    [InlineData("text", "text")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("y", "\"y\"")]
    [InlineData("NULL", "\"NULL\"")]
    [InlineData("80", "\"80\"")]
    [InlineData("<<", "\"<<\"")]
    [InlineData("", "\"\"")]
    [InlineData("a\"\\\t\r", "\"a\\\"\\\\\\t\\r\"")]
    [InlineData("😀é<&'", "\"😀é<&'\"")]
    [InlineData("\u0001\u007f\u0085\u2028\uFEFF", "\"\\u0001\\u007f\\u0085\\u2028\\ufeff\"")]
    public void Scalar_AText_IsQuotedWhereItMustBe(string text, string written) => Assert.Equal(written, YamlWriter.Scalar(JsonValue.Create(text)));

    [Fact]
    public void Lines_OfALayout_AreIndentedByIt()
    {
        var value = JsonNode.Parse("""{"a": {"b": [{"c": 1, "d": ["x"]}, []]}, "t": "1\n2\n"}""");

        Assert.Equal(["a:", "    b:", "    - c: 1", "      d:", "      - x", "    - []", "t: |", "    1", "    2"], YamlWriter.Lines(value, new YamlLayout(4, 0)));
    }

    [Fact]
    public void Layout_WithoutNumbers_IsTheUsualOne() => Assert.Equal(new YamlLayout(2, 2), new YamlLayout());

    [Theory]
    [InlineData(2, 0)]
    [InlineData(2, 2)]
    [InlineData(1, 3)]
    [InlineData(5, 1)]
    public void Lines_AnyValue_ReadsBackEqual(int indentation, int listIndentation)
    {
#pragma warning disable CA5394 // The same values on every run.
        var random = new Random(indentation);
        for (var round = 0; round < 1_000; round++)
        {
            var value = Value(random, 0);
            var text = string.Join('\n', YamlWriter.Lines(new JsonObject { ["value"] = value }, new YamlLayout(indentation, listIndentation))) + "\n";

            var (file, mistake) = ManifestFile.Read(text);

            Assert.True(mistake is null, $"{mistake} {text}");
            Assert.True(JsonNode.DeepEquals(value, file!.Documents[0].Value["value"]), text);
        }
    }

    private static JsonNode? Value(Random random, int depth) => (depth > 3 ? random.Next(2, 8) : random.Next(8)) switch
    {
        0 => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(n => KeyValuePair.Create(n + Text(random), Value(random, depth + 1)))),
        1 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))]),
        2 => null,
        3 => random.Next(2) == 0,
        4 => random.Next(-5, 1000) / 4m,
        _ => Text(random),
    };

    private static string Text(Random random)
    {
        string[] parts = ["a", "Z9", " ", "\n", "\n\n", "\t", "\r", ":", "#", " #", "- ", "---", "...", "\"", "'", "\\", "é", "😀", "\u0085", "\u2028", "\uFEFF", "\0", "{{", "on", "0x1", "~", "%", "@", "&x"];
        return string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => parts[random.Next(parts.Length)]));
    }
#pragma warning restore CA5394
}
