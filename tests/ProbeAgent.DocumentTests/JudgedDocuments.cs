using ProbeAgent.DocumentTests;
using ProbeAgent.DocumentTests.Schema;

[assembly: AssemblyFixture(typeof(JudgedDocuments))]

namespace ProbeAgent.DocumentTests;

/// <summary>What is said of the documents that come of the schema; asked once for all tests.</summary>
public sealed class JudgedDocuments
{
    private const int Seed = 20261122;
    private const int RandomDocuments = 500;

    private readonly Lazy<IReadOnlyList<JudgedDocument>> all = new(Judge);

    /// <summary>Systematic ones and random ones, the same at each run.</summary>
    internal IReadOnlyList<JudgedDocument> All => all.Value;

    private static IReadOnlyList<JudgedDocument> Judge()
    {
        var random = new Random(Seed);
        var generator = new DocumentGenerator(DocumentSchema.Shipped, random);
        return JudgedDocument.Judge(
        [
            .. new SystematicSamples(DocumentSchema.Shipped, generator).All()
                .Concat(new RandomSamples(generator, random).Take(RandomDocuments))
                .DistinctBy(sample => sample.Text),
        ]);
    }
}
