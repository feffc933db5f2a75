using ProbeAgent.Manifests;

namespace ProbeAgent.Tests.Manifests;

#pragma warning disable CA5394 // The same texts on every run.

/// <summary>Whatever a text looks like, reading it ends in documents or in a mistake with a place, and changing it never in a wrong text.</summary>
public sealed class ManifestFuzzTests
{
    private const string Spices = "{}[]:,-?&*!|>'\"%@`#\n\t \\0aé~<";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Read_AnyMutation_NeverThrowsAndAlwaysSaysWhere(int seed)
    {
        var read = 0;
        for (var round = 0; round < 600; round++)
        {
            var random = new Random((seed * 10_000) + round);
            var text = Mutated(new ManifestGenerator(random).Next(), random);

            var (file, mistake) = ManifestFile.Read(text);

            Assert.True(file is null != mistake is null, text);
            Assert.True(mistake is null || (mistake.At.Line >= 1 && mistake.At.Column >= 1 && mistake.Message.Length > 0), text);
            if (file is not null)
            {
                read++;
                var desired = file.Documents.ToDictionary(document => document, document => document.Value.DeepClone());
                Assert.Equal(text, file.With(desired).Text);
                foreach (var value in desired.Values.OfType<System.Text.Json.Nodes.JsonObject>())
                {
                    value.Remove(value.Select(member => member.Key).FirstOrDefault() ?? "");
                    value["added"] = "x";
                }

                var (changed, refusal) = file.With(desired);
                Assert.True(changed is null != refusal is null, text);
            }
        }

        Assert.InRange(read, 60, 560);
    }

    private static string Mutated(string text, Random random)
    {
        var characters = text.ToCharArray().ToList();
        for (var edits = random.Next(1, 6); edits > 0 && characters.Count > 0; edits--)
        {
            var at = random.Next(characters.Count);
            switch (random.Next(3))
            {
                case 0:
                    characters.RemoveAt(at);
                    break;
                case 1:
                    characters.Insert(at, Spices[random.Next(Spices.Length)]);
                    break;
                default:
                    characters[at] = Spices[random.Next(Spices.Length)];
                    break;
            }
        }

        return new string([.. characters]);
    }
}
