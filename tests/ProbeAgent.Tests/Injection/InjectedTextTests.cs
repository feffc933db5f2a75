using System.Text.Json.Nodes;
using ProbeAgent.Injection;

namespace ProbeAgent.Tests.Injection;

/// <summary>Whatever a manifest looks like: the text that was changed says what the patch says, and keeps every comment.</summary>
public sealed class InjectedTextTests
{
    private const int Texts = 1_500;

    [Fact]
    public void Inject_RandomManifests_TextAndPatchAgree()
    {
        var injected = 0;
        for (var seed = 0; seed < Texts; seed++)
        {
            var text = new RandomManifest(seed).Write();
            injected += Check(seed, text) ? 1 : 0;
        }

        // Of pods without a probe nothing is to be seen.
        Assert.InRange(injected, Texts / 2, Texts);
    }

    private static bool Check(int seed, string text)
    {
        var file = Manifest.File(text);
        var (changed, patched) = Inject(file.Documents.Select(document => document.Value).ToList());
        var values = file.Documents.Zip(patched).Where(pair => !JsonNode.DeepEquals(pair.First.Value, pair.Second)).ToDictionary(pair => pair.First, pair => pair.Second);
        var (result, mistake) = file.With(values);
        Assert.True(mistake is null, $"seed {seed}: {mistake}\n{text}");

        var again = Manifest.File(result!).Documents.Select(document => document.Value).ToList();
        Assert.True(
            patched.Zip(again).All(pair => JsonNode.DeepEquals(pair.First, pair.Second)) && patched.Count == again.Count, $"seed {seed}: the text says something else\n{text}\n=>\n{result}");
        Assert.True(RandomManifest.CommentsOf(text).SequenceEqual(RandomManifest.CommentsOf(result!)), $"seed {seed}: a comment is lost\n{text}\n=>\n{result}");
        Assert.False(Inject(again).Changed, $"seed {seed}: a second time changes something\n{result}");
        return changed;
    }

    private static (bool Changed, List<JsonNode> Values) Inject(IReadOnlyList<JsonNode> documents)
    {
        var results = documents.Select(document => (document, Result: new Injector(Manifest.Options).Inject(document, documents))).ToList();
        Assert.DoesNotContain(results, pair => pair.Result.Decision == InjectionDecision.Error);
        return (
            results.Exists(pair => pair.Result.Decision == InjectionDecision.Injected),
            [.. results.Select(pair => pair.Result.Patch.Apply(pair.document))]);
    }
}
