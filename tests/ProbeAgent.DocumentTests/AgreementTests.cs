using System.Text.Json;
using System.Text.RegularExpressions;
using ProbeAgent.DocumentTests.Rules;
using ProbeAgent.DocumentTests.Schema;
using ProbeAgent.Lab;

namespace ProbeAgent.DocumentTests;

/// <summary>
/// The schema and <c>validate</c> accept and refuse the same documents, but for the rules that <c>docs/configuration.md</c> lists.
/// </summary>
public sealed partial class AgreementTests
{
    private const int Seed = 20261122;
    private const int RandomDocuments = 600;

    [Fact]
    public void Schema_and_validate_say_the_same_of_a_thousand_documents()
    {
        var samples = Samples();
        Assert.InRange(samples.Count, 1000, 5000);

        var judged = Judge(samples);

        var accepted = judged.Count(one => one.Validation.Accepts);
        Assert.InRange(accepted, samples.Count / 4, samples.Count * 3 / 4);
        AssertNone(judged.Where(one => one.Validation.Accepts != one.IsGood), "Schema and rules against validate:");
    }

    [Fact]
    public void Each_mistake_names_its_line_and_column()
    {
        var judged = Judge(Samples()).Where(one => !one.Validation.Accepts);

        AssertNone(judged.Where(one => one.Validation.Errors is [] || !one.Validation.Errors.All(IsPlaced)), "A mistake without its place:");
    }

    [Fact]
    public void Each_rule_beyond_the_schema_is_on_the_page_and_none_else()
    {
        var page = File.ReadAllText(Checkout.InRoot("docs/configuration.md"));
        var listed = RuleOnThePage().Matches(page.Split("## Rules beyond the schema")[1].Split("\n## ")[0]).Select(match => match.Groups[1].Value);

        Assert.Equal(BeyondTheSchema.All.Select(rule => rule.Name), listed);
    }

    [Fact]
    public void Each_rule_beyond_the_schema_is_shown_by_documents_that_break_it_alone()
    {
        var samples = BeyondTheSchema.All.SelectMany(rule => rule.Shown.Select(document => new Sample(rule.Name, Flat().Replace(document, " ")))).ToList();

        foreach (var one in Judge(samples))
        {
            var broken = Assert.Single(one.Broken);
            Assert.Equal((one.Sample.Origin, "", 2), (broken.Name, one.AgainstIt, one.Validation.ExitCode));
            Assert.All(one.Validation.Errors, line => Assert.True(IsPlaced(line), line));
        }
    }

    private static List<Sample> Samples()
    {
        var random = new Random(Seed);
        var generator = new DocumentGenerator(DocumentSchema.Shipped, random);
        return
        [
            .. new SystematicSamples(DocumentSchema.Shipped, generator).All(),
            .. new RandomSamples(generator, random).Take(RandomDocuments),
        ];
    }

    private static List<Judged> Judge(List<Sample> samples)
    {
        var against = SchemaJudge.Judge([.. samples.Select(sample => sample.Text)]);
        Assert.Equal(samples.Count, against.Count);
        return
        [
            .. samples.Zip(against).Select((pair, i) => (pair.First, pair.Second, i)).AsParallel().AsOrdered().Select(one =>
                new Judged(one.First, one.Second, Broken(one.First, one.Second), Validation.OfText(one.i % 2 == 0 ? one.First.Text : one.First.OnManyLines()))),
        ];
    }

    private static IReadOnlyList<Rule> Broken(Sample sample, string againstIt)
    {
        using var document = JsonDocument.Parse(sample.Text);
        return againstIt.Length > 0 ? [] : [.. BeyondTheSchema.All.Where(rule => rule.IsBroken(document.RootElement))];
    }

    private static bool IsPlaced(string line) => Placed().IsMatch(line);

    private static void AssertNone(IEnumerable<Judged> found, string title)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, $"{title} {all.Count}\n\n{string.Join("\n\n", all.Take(20))}");
    }

    [GeneratedRegex(@"^stdin:[1-9][0-9]*:[1-9][0-9]*: \S.{10,}")]
    private static partial Regex Placed();

    [GeneratedRegex(@"(?m)^- \*\*([^*]+)\*\*")]
    private static partial Regex RuleOnThePage();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex Flat();

    private sealed record Judged(Sample Sample, string AgainstIt, IReadOnlyList<Rule> Broken, Validation Validation)
    {
        public bool IsGood => AgainstIt.Length == 0 && Broken.Count == 0;

        public override string ToString() =>
            $"{Sample.Origin}\n{Sample.Text}\nschema: {(AgainstIt.Length == 0 ? "good" : AgainstIt)}\n"
            + $"rules: {(Broken.Count == 0 ? "kept" : string.Join(' ', Broken.Select(rule => rule.Name)))}\nvalidate: {Validation}";
    }
}
