using System.Text.RegularExpressions;
using ProbeAgent.DocumentTests.Rules;
using ProbeAgent.DocumentTests.Schema;

namespace ProbeAgent.DocumentTests;

/// <summary>
/// The schema and <c>validate</c> accept and refuse the same documents, but for the rules that <c>docs/configuration.md</c> lists.
/// </summary>
public sealed partial class AgreementTests(JudgedDocuments documents)
{
    [Fact]
    public void Schema_and_validate_say_the_same_of_a_thousand_documents()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{documents.All.Count} documents");
        Assert.InRange(documents.All.Count, 1000, 2000);
        Assert.InRange(documents.All.Count(one => one.Validation.Accepts), documents.All.Count / 4, documents.All.Count * 3 / 4);
        AssertNone(documents.All.Where(one => one.Validation.Accepts != one.IsGood), "Schema and rules against validate:");
    }

    [Fact]
    public void Each_mistake_names_its_line_and_column()
    {
        var refused = documents.All.Where(one => !one.Validation.Accepts);

        AssertNone(refused.Where(one => one.Validation.Mistakes is [] || !one.Validation.Mistakes.All(IsPlaced)), "A mistake without its place:");
    }

    [Fact]
    public void Each_rule_beyond_the_schema_is_shown_by_documents_that_break_it_alone()
    {
        var samples = BeyondTheSchema.All.SelectMany(rule => rule.Shown.Select(document => new Sample(rule.Name, Flat().Replace(document, " ")))).ToList();

        foreach (var one in JudgedDocument.Judge(samples))
        {
            var broken = Assert.Single(one.Broken);
            Assert.Equal((one.Sample.Origin, "", 2), (broken.Name, one.AgainstIt, one.Validation.ExitCode));
            Assert.All(one.Validation.Mistakes, line => Assert.True(IsPlaced(line), line));
        }
    }

    [Theory]
    [InlineData("listen", "127.1:15083")]
    [InlineData("listen", "127.0.0.1:015083")]
    [InlineData("listen", "[::0001]:15083")]
    [InlineData("listen", ":015083")]
    [InlineData("admin", "127.1:15083")]
    [InlineData("admin", "127.0.0.1:015083")]
    [InlineData("admin", "[0:0:0:0:0:0:0:1]:15083")]
    [InlineData("relays", ":080/metrics")]
    public void An_address_or_a_port_in_an_unusual_form_is_refused_by_both(string key, string text)
    {
        var value = key == "relays" ? $$"""[{"name": "m", "target": "{{text}}"}]""" : $"\"{text}\"";

        var one = Assert.Single(JudgedDocument.Judge([new Sample(key, $$"""{"checks": [{"name": "a", "tcpSocket": {"port": 80} }], "{{key}}": {{value}} }""")]));

        Assert.False(one.IsGood || one.Validation.Accepts, one.ToString());
    }

    private static bool IsPlaced(string line) => Placed().IsMatch(line);

    private static void AssertNone(IEnumerable<JudgedDocument> found, string title)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, $"{title} {all.Count}\n\n{string.Join("\n\n", all.Take(20))}");
    }

    [GeneratedRegex(@"^stdin:[1-9][0-9]*:[1-9][0-9]*: \S.{10,}")]
    private static partial Regex Placed();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex Flat();
}
