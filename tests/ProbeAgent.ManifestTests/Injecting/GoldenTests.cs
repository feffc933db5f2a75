using System.IO.Enumeration;
using System.Text.Json.Nodes;
using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests.Injecting;

/// <summary>What <c>inject</c> makes of a manifest, written down by hand for each case.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Cases => [.. GoldenCase.All.Select(golden => golden.Name)];

    public static TheoryData<string> Manifests => [.. GoldenCase.All.Where(golden => golden.IsManifest).Select(golden => golden.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_text_is_the_one_written_down(string name)
    {
        var golden = GoldenCase.Named(name);

        var run = golden.Outcome;

        Keep(golden, run);
        Assert.Equal(golden.Expected ?? "", run.Text);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_said_and_the_exit_code_are_those_written_down(string name)
    {
        var golden = GoldenCase.Named(name);

        var run = golden.Outcome;

        var lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(run.ExitCode == golden.ExitCode, $"exit code {run.ExitCode}, not {golden.ExitCode}:\n{run.Error}");
        Assert.True(lines.Length == golden.Said.Count, $"{golden.Said.Count} lines are expected:\n{run.Error}");
        Assert.All(golden.Said.Zip(lines), pair => Assert.True(
            FileSystemName.MatchesSimpleExpression(Escaped(pair.First), pair.Second, ignoreCase: false), $"not '{pair.First}':\n{pair.Second}"));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Injecting_again_changes_nothing(string name)
    {
        var golden = GoldenCase.Named(name);

        var again = golden.RunInput(golden.Expected!);

        Assert.Equal(golden.Expected, again.Text);
        Assert.Equal(0, again.ExitCode);
    }

    /// <summary>Those of which one document changes, as one patch is wanted.</summary>
    public static TheoryData<string> Patchable => [.. GoldenCase.All.Where(golden => golden.IsManifest && !golden.Flags.Contains("-o") && Changed(golden) is [_]).Select(golden => golden.Name)];

    [Theory]
    [MemberData(nameof(Patchable))]
    public void The_patch_makes_the_same_of_the_values(string name)
    {
        var golden = GoldenCase.Named(name);
        var (before, after) = Assert.Single(Changed(golden));

        var patch = golden.Run("-o", "patch");

        var patched = JsonPatch.Apply(before, YamlValue.Documents(patch.Text).Single());
        Assert.Equal(YamlValue.Text(after), YamlValue.Text(patched));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Every_comment_is_still_there(string name)
    {
        var golden = GoldenCase.Named(name);
        Assert.Subset(Comments(golden.Outcome.Text), Comments(golden.Input));
    }

    private static List<(JsonNode Before, JsonNode After)> Changed(GoldenCase golden)
    {
        var (before, after) = (YamlValue.Documents(golden.Input), YamlValue.Documents(golden.Expected!));
        return before.Count == after.Count ? [.. before.Zip(after).Where(pair => !YamlValue.Same(pair.First, pair.Second))] : [];
    }

    private static HashSet<string> Comments(string text) =>
        [.. text.Split('\n').Where(line => line.Contains("# ", StringComparison.Ordinal)).Select(line => line[line.IndexOf("# ", StringComparison.Ordinal)..].TrimEnd())];

    // Only the star is special; a backslash, '?' and '"' '<' '>' of the simple expression are not meant.
    private static string Escaped(string pattern) => pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal);

    // For whoever has to look at what differs.
    private static void Keep(GoldenCase golden, InjectRun run)
    {
        var folder = Directory.CreateDirectory(Checkout.InRoot($"artifacts/injected/{golden.Name}")).FullName;
        File.WriteAllBytes(Path.Combine(folder, "output"), run.Output);
        File.WriteAllText(Path.Combine(folder, "error"), run.Error);
    }
}
