using System.Diagnostics;
using ProbeAgent.Manifests;

namespace ProbeAgent.Tests.Manifests;

/// <summary>A difference of two texts leads from each of them to the other.</summary>
public sealed class UnifiedDiffTests
{
    [Theory]
    [InlineData("a\nb\nc\n", "a\nx\nc\n", "--- f\n+++ f\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n")]
    [InlineData("", "a\n", "--- f\n+++ f\n@@ -0,0 +1 @@\n+a\n")]
    [InlineData("a\n", "", "--- f\n+++ f\n@@ -1 +0,0 @@\n-a\n")]
    [InlineData("a", "a\nb", "--- f\n+++ f\n@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n\\ No newline at end of file\n")]
    [InlineData("a\r\nb\r\n", "a\r\nc\r\n", "--- f\n+++ f\n@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "0\n1\n2\n3\n4\n5\n6\n7\n8\nx\n", "--- f\n+++ f\n@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -6,4 +7,4 @@\n 6\n 7\n 8\n-9\n+x\n")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\n", "0\n2\n3\n4\n5\n6\n7\n0\n", "--- f\n+++ f\n@@ -1,8 +1,8 @@\n-1\n+0\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+0\n")]
    [InlineData("a\n", "a\n", "")]
    public void Of_TwoTexts_IsAsDiffWritesIt(string old, string changed, string expected) => Assert.Equal(expected, UnifiedDiff.Of(old, changed, "f"));

    [Fact]
    public void Of_RandomTexts_LeadsBothWays()
    {
#pragma warning disable CA5394 // The same texts on every run.
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var old = RandomText(random, []);
            var changed = RandomText(random, old.Split('\n'));

            var hunks = PatchLines.Of(UnifiedDiff.Of(old, changed, "f"));

            Assert.Equal(changed, hunks.Apply(old, '-', '+'));
            Assert.Equal(old, hunks.Apply(changed, '+', '-'));
        }
#pragma warning restore CA5394
    }

    [Theory]
    [InlineData("a\r\nb\r\nc\r\nd\r\ne\r\nf\r\ng\r\nh\r\ni", "a\r\nc\r\nd\r\ne\r\nf\r\ng\r\nx\r\nh\r\ni\r\n")]
    [InlineData("a: 1\n", "a: 1\nb: 2")]
    public async Task Patch_Reversed_GivesTheOldText(string old, string changed)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/patch"), "needs /usr/bin/patch");
        var folder = Directory.CreateTempSubdirectory("unified-diff-");
        var file = Path.Combine(folder.FullName, "f.yaml");
        var cancellation = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(file, old, cancellation);

        await PatchAsync(file, UnifiedDiff.Of(old, changed, "f.yaml"), "--forward");
        Assert.Equal(changed, await File.ReadAllTextAsync(file, cancellation));

        await PatchAsync(file, UnifiedDiff.Of(old, changed, "f.yaml"), "--reverse");
        Assert.Equal(old, await File.ReadAllTextAsync(file, cancellation));

        folder.Delete(recursive: true);
    }

    private static async Task PatchAsync(string file, string diff, string direction)
    {
        var start = new ProcessStartInfo("/usr/bin/patch", ["--binary", "--fuzz=0", direction, file]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var patch = Process.Start(start)!;
        await patch.StandardInput.WriteAsync(diff);
        patch.StandardInput.Close();
        var output = await patch.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await patch.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(patch.ExitCode == 0, output);
    }

#pragma warning disable CA5394
    private static string RandomText(Random random, string[] like)
    {
        var lines = like.Length > 0
            ? like.SelectMany(line => random.Next(6) switch { 0 => [], 1 => [line, "new"], 2 => ["other"], _ => new[] { line } })
            : Enumerable.Range(0, random.Next(30)).Select(_ => "abc"[random.Next(3)].ToString());
        return string.Join(random.Next(4) == 0 ? "\r\n" : "\n", lines) + (random.Next(2) == 0 ? "\n" : "");
    }
#pragma warning restore CA5394
}
