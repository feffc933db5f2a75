using System.Text.Json;
using ProbeAgent.DocumentTests.Rules;
using ProbeAgent.DocumentTests.Schema;

namespace ProbeAgent.DocumentTests;

/// <summary>A document, and what is said of it.</summary>
/// <param name="Sample">The document.</param>
/// <param name="AgainstIt">What the schema has against it; empty for nothing.</param>
/// <param name="Broken">The rules beyond the schema that it does not keep.</param>
/// <param name="Validation">What the agent says.</param>
internal sealed record JudgedDocument(Sample Sample, string AgainstIt, IReadOnlyList<Rule> Broken, Validation Validation)
{
    /// <summary>True where neither the schema nor a rule has anything against it.</summary>
    public bool IsGood => AgainstIt.Length == 0 && Broken.Count == 0;

    /// <summary>Asks all three of each document; every second one is written over many lines.</summary>
    public static IReadOnlyList<JudgedDocument> Judge(IReadOnlyList<Sample> samples)
    {
        var against = SchemaJudge.Judge([.. samples.Select(sample => sample.Text)]);
        Assert.Equal(samples.Count, against.Count);
        return
        [
            .. samples.Zip(against).Select((pair, i) => (Sample: pair.First, Against: pair.Second, IsSpread: i % 2 == 1)).AsParallel().AsOrdered()
                .Select(one => new JudgedDocument(one.Sample, one.Against, BrokenRules(one.Sample, one.Against),
                    Validation.OfText(one.IsSpread ? one.Sample.OnManyLines() : one.Sample.Text))),
        ];
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Sample.Origin}\n{Sample.Text}\nschema: {(AgainstIt.Length == 0 ? "good" : AgainstIt)}\n"
        + $"rules: {(Broken.Count == 0 ? "kept" : string.Join(' ', Broken.Select(rule => rule.Name)))}\nvalidate: {Validation}";

    private static IReadOnlyList<Rule> BrokenRules(Sample sample, string againstIt)
    {
        using var document = JsonDocument.Parse(sample.Text);
        return againstIt.Length > 0 ? [] : [.. BeyondTheSchema.All.Where(rule => rule.IsBroken(document.RootElement))];
    }
}
