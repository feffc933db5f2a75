using System.Runtime.Versioning;
using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests.Injecting;

/// <summary>Files: written whole or not at all, and nothing where one of several has a mistake.</summary>
[SupportedOSPlatform("linux")]
public sealed class WritingTests : IDisposable
{
    private const UnixFileMode OddMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private static readonly GoldenCase Sound = GoldenCase.Named("kind-pod");
    private static readonly GoldenCase Broken = GoldenCase.Named("unknown-port-name");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void In_place_writes_the_file_and_says_nothing_on_standard_output()
    {
        var file = folder.Write("app.yaml", Sound.Input);
        File.SetUnixFileMode(file, OddMode);

        var run = Inject("-f", "app.yaml", "--in-place");

        Assert.Equal((0, ""), (run.ExitCode, run.Text));
        Assert.Equal(Sound.Expected, folder.Read("app.yaml"));
        Assert.Equal(OddMode, File.GetUnixFileMode(file));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void In_place_leaves_a_file_without_a_change_untouched()
    {
        var file = folder.Write("app.yaml", Sound.Expected!);
        var long_ago = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, long_ago);

        Inject("-f", "app.yaml", "--in-place");

        Assert.Equal(long_ago, File.GetLastWriteTimeUtc(file));
    }

    [Fact]
    public void In_place_through_a_link_writes_what_it_points_at()
    {
        folder.Write("real/app.yaml", Sound.Input);
        File.CreateSymbolicLink(folder.InIt("app.yaml"), "real/app.yaml");

        var run = Inject("-f", "app.yaml", "--in-place");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("real/app.yaml", File.ResolveLinkTarget(folder.InIt("app.yaml"), returnFinalTarget: false) is { } target ? Path.GetRelativePath(folder.Path, target.FullName) : null);
        Assert.Equal(Sound.Expected, folder.Read("real/app.yaml"));
    }

    [Theory]
    [InlineData("--in-place")]
    [InlineData]
    [InlineData("--diff")]
    public void One_mistake_in_several_files_and_nothing_is_written(params string[] how)
    {
        folder.Write("a.yaml", Sound.Input);
        folder.Write("b.yaml", Broken.Input);

        var run = Inject(["-f", "a.yaml", "-f", "b.yaml", .. how]);

        Assert.Equal((1, ""), (run.ExitCode, run.Text));
        Assert.Equal((Sound.Input, Broken.Input), (folder.Read("a.yaml"), folder.Read("b.yaml")));
        Assert.StartsWith("b.yaml:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_leaves_the_file_as_it_was_with_a_sentence()
    {
        Needs.Root();
        Needs.Programs("setpriv");
        var file = folder.Write("locked/app.yaml", Sound.Input);
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(folder.InIt("locked"), (UnixFileMode)0b101_101_101);

        // Root may write anywhere; the user of the image may not. Its binary is where that user can read it.
        var start = Command.Describe("setpriv", ["--reuid", "65532", "--regid", "65532", "--clear-groups", CopiedBinary(), "inject", "-f", file, .. Options, "--in-place"]);
        var run = Command.TryRun(start);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("app.yaml", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bug of probe-agent", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Equal(Sound.Input, File.ReadAllText(file));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.InIt("locked")));
    }

    [Fact]
    public void A_folder_is_its_manifests_and_with_R_those_below()
    {
        folder.Write("a.yaml", Sound.Input);
        folder.Write("b.yml", Sound.Input);
        folder.Write("notes.txt", Sound.Input);
        folder.Write("below/c.yaml", Sound.Input);

        Inject("-f", ".", "--in-place");
        Assert.Equal((Sound.Expected, Sound.Expected), (folder.Read("a.yaml"), folder.Read("b.yml")));
        Assert.Equal((Sound.Input, Sound.Input), (folder.Read("notes.txt"), folder.Read("below/c.yaml")));

        Inject("-f", ".", "-R", "--in-place");
        Assert.Equal(Sound.Expected, folder.Read("below/c.yaml"));
    }

    [Fact]
    public void Several_files_on_standard_output_are_a_stream_that_can_be_read()
    {
        folder.Write("a.yaml", Sound.Input);
        folder.Write("b.yaml", GoldenCase.Named("yaml-no-final-newline").Input);
        folder.Write("c.yaml", Sound.Input);

        var run = Inject("-f", "a.yaml", "-f", "b.yaml", "-f", "c.yaml");

        var documents = YamlValue.Documents(run.Text);
        var expected = YamlValue.Documents(Sound.Expected!).Single();
        Assert.Equal(3, documents.Count);
        Assert.All(documents, document => Assert.Equal(YamlValue.Text(expected), YamlValue.Text(document)));
    }

    private static string[] Options => ["--image", InjectRun.Image, "--mesh", "istio"];

    private InjectRun Inject(params string[] arguments) => InjectRun.Inject(folder.Path, [.. arguments, .. Options]);

    private string CopiedBinary()
    {
        var copy = Directory.CreateDirectory(folder.InIt("binary")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(Checkout.AgentBinary))!))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return Path.Combine(copy, Path.GetFileName(Checkout.AgentBinary));
    }
}
