using System.Text.RegularExpressions;
using ProbeAgent.DocumentTests.Rules;
using ProbeAgent.DocumentTests.Schema;
using ProbeAgent.Lab;
using YamlDotNet.RepresentationModel;

namespace ProbeAgent.DocumentTests;

/// <summary><c>docs/configuration.md</c> says what is true: its tables, its defaults, its examples and what they print.</summary>
public sealed partial class ConfigurationPageTests
{
    private static readonly string Page = File.ReadAllText(Checkout.InRoot("docs/configuration.md"));

    public static TheoryData<string> Keys => [.. KeyTable.Keys.Select(key => key.Path)];

    public static TheoryData<string> KeysWithDefaults => [.. KeyTable.Keys.Where(key => key.Schema["default"] is not null).Select(key => key.Path)];

    [Fact]
    public void Each_key_of_the_schema_has_its_row_and_no_other()
    {
        var rows = Section("## Keys").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));

        Assert.Equal(KeyTable.Rows, rows);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Each_key_of_the_table_is_accepted(string path)
    {
        var validation = Validation.OfText(Document(path).ToJsonString());

        Assert.True(validation.Accepts, validation.ToString());
    }

    [Theory]
    [MemberData(nameof(KeysWithDefaults))]
    public void Each_default_of_the_table_is_what_counts_without_the_key(string path)
    {
        var key = Key(path);
        var document = Document(path);
        var around = key.Names.SkipLast(1).Aggregate<string, System.Text.Json.Nodes.JsonNode>(document, (node, name) =>
            node[name] is System.Text.Json.Nodes.JsonArray list ? list[0]! : node[name]!);
        around.AsObject().Remove(key.Names[^1]);

        var validation = Validation.OfText(document.ToJsonString());

        Assert.True(validation.Accepts, validation.ToString());
        // Of all that is not shown where there is none, only lists have a default.
        var counts = key.Names.Aggregate(Yaml(validation.Output), (YamlNode? node, string name) => Inner(node, name));
        Assert.Equal(Words(key.Schema["default"]!), counts is null ? "[]" : Words(counts));
    }

    [Fact]
    public void Each_rule_beyond_the_schema_is_on_the_page_and_none_else() =>
        Assert.Equal(
            BeyondTheSchema.All.Select(rule => rule.Name),
            RuleOnThePage().Matches(Section("## Rules beyond the schema")).Select(match => match.Groups[1].Value));

    [Fact]
    public void Each_variable_has_its_row_and_no_other()
    {
        var help = Validation.OfArguments(["--help"]).Output;
        var options = OptionInHelp().Matches(help).Select(match => match.Groups[1].Value).Where(option => option is not "--help" and not "--version").ToHashSet();
        var rows = Section("## Variables and options").Split('\n')
            .Where(line => line.StartsWith("| `PROBEAGENT_", StringComparison.Ordinal))
            .Select(line => line.Split('`'))
            .ToDictionary(cells => cells[1], cells => cells[3]);

        Assert.Equal(options.Order(StringComparer.Ordinal), rows.Values.Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal(row.Value, "--" + row.Key["PROBEAGENT_".Length..].Replace('_', '-').ToLowerInvariant()));
    }

    [Theory]
    [InlineData("### What counts")]
    [InlineData("### What a mistake looks like")]
    public void What_the_page_shows_is_what_is_printed(string heading)
    {
        var section = Section(heading);
        var folder = Directory.CreateTempSubdirectory("probe-agent-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "probe-agent.yaml"), Block(section, "yaml"));

            var validation = Validation.OfFile(folder.FullName, "probe-agent.yaml");

            Assert.Equal(
                Block(section, "text"),
                "$ probe-agent validate probe-agent.yaml\n" + string.Concat(validation.Errors.Select(line => line + "\n")) + validation.Output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static System.Text.Json.Nodes.JsonObject Document(string path) =>
        new DocumentGenerator(DocumentSchema.Shipped, new Random(path.Length)).With(Key(path));

    private static SchemaKey Key(string path) => KeyTable.Keys.Single(key => key.Path == path);

    private static string Section(string heading)
    {
        var start = Page.IndexOf(heading + "\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/configuration.md has no '{heading}'.");
        var level = heading.Split(' ')[0];
        var end = NextHeading().Matches(Page, start + heading.Length).FirstOrDefault(next => next.Groups[1].Length <= level.Length)?.Index;
        return Page[start..(end ?? Page.Length)];
    }

    private static string Block(string section, string language) =>
        section.Split($"```{language}\n")[1].Split("```")[0];

    private static YamlNode Yaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents[0].RootNode;
    }

    private static YamlNode? Inner(YamlNode? node, string name)
    {
        var mapping = node is YamlSequenceNode list ? list.Children[0] as YamlMappingNode : node as YamlMappingNode;
        return mapping?.Children.FirstOrDefault(pair => pair.Key.ToString() == name).Value;
    }

    private static string Words(YamlNode node) =>
        node is YamlSequenceNode list ? $"[{string.Join(", ", list.Children)}]" : node.ToString();

    private static string Words(System.Text.Json.Nodes.JsonNode node) =>
        node is System.Text.Json.Nodes.JsonArray list ? $"[{string.Join(", ", list)}]" : node.ToString();

    [GeneratedRegex(@"(?m)^- \*\*([^*]+)\*\*")]
    private static partial Regex RuleOnThePage();

    [GeneratedRegex(@"(?m)^(#{2,3}) ")]
    private static partial Regex NextHeading();

    [GeneratedRegex(@"(?m)^\s+(?:-\S, )?(--[a-z-]+)")]
    private static partial Regex OptionInHelp();
}
