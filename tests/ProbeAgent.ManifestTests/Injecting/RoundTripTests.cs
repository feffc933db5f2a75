using System.Globalization;
using System.Text;
using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests.Injecting;

/// <summary>Diffs that apply both ways, patches that mean the same, and inputs nobody would write.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly GoldenCase Sound = GoldenCase.Named("kind-pod");

    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Changed =>
        [.. GoldenCase.All.Where(golden => golden.IsManifest && golden.Expected != golden.Input).Select(golden => golden.Name)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Changed))]
    public void The_diff_gives_the_new_file_and_reversed_the_old_one(string name)
    {
        Needs.Programs("patch");
        var golden = GoldenCase.Named(name);
        folder.Write("input.yaml", golden.Input);
        var diff = golden.Run("--diff");
        folder.Write("the.diff", diff.Text);

        Patch("input.yaml");
        Assert.Equal(golden.Expected, folder.Read("input.yaml"));

        Patch("input.yaml", "-R");
        Assert.Equal(golden.Input, folder.Read("input.yaml"));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.rej"));
    }

    [Fact]
    public void A_file_without_a_change_has_an_empty_diff()
    {
        var run = GoldenCase.Named("already-injected").Run("--diff");

        Assert.Equal((0, ""), (run.ExitCode, run.Text));
    }

    [Fact]
    public void The_diff_names_the_file_as_it_was_given()
    {
        var lines = Sound.Run("--diff").Text.Split('\n');

        Assert.Matches(@"^--- (a/)?input\.yaml(\t.*)?$", lines[0]);
        Assert.Matches(@"^\+\+\+ (b/)?input\.yaml(\t.*)?$", lines[1]);
    }

    [Fact]
    public void Standard_input_is_as_good_as_a_file() => Assert.Equal(Sound.Expected, Sound.RunInput(Sound.Input).Text);

    [Fact]
    public void A_finding_in_standard_input_says_where()
    {
        var run = GoldenCase.Named("unknown-port-name").RunInput(GoldenCase.Named("unknown-port-name").Input);

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"^\S*stdin\S*:12:\d+: error: ", run.Error);
    }

    [Fact]
    public void Five_megabytes_take_less_than_ten_seconds_of_a_processor()
    {
        var text = new StringBuilder();
        var before = Sound.Input + "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\ndata:\n  page: |\n" + string.Concat(Enumerable.Repeat("    a line of a page\n", 240));
        for (var number = 0; text.Length < 5_000_000; number++)
        {
            text.Append(number > 0 ? "---\n" : "").Append(before.Replace("name: app", string.Create(CultureInfo.InvariantCulture, $"name: app{number}"), StringComparison.Ordinal));
        }

        var run = Sound.RunInput(text.ToString(), TenSeconds);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Count(text.ToString(), "kind: Pod"), Count(run.Text, "/app-health/"));
    }

    [Fact]
    public void One_document_of_a_megabyte_of_other_things_takes_less_than_ten_seconds_of_a_processor()
    {
        var items = string.Concat(Enumerable.Range(0, 40_000).Select(number => string.Create(CultureInfo.InvariantCulture, $"    key-{number}: value-{number}\n")));
        var text = Sound.Input.Replace("metadata:\n", "metadata:\n  labels:\n" + items, StringComparison.Ordinal);

        var run = Sound.RunInput(text, TenSeconds);

        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void A_reader_that_goes_away_makes_no_stack_trace()
    {
        Needs.Programs("sh");
        var big = folder.Write("big.yaml", string.Concat(Enumerable.Repeat("---\n" + Sound.Input, 500)));

        var run = Command.TryRun("sh", "-c", $"'{Checkout.AgentBinary}' inject -f '{big}' --image {InjectRun.Image} --mesh istio | head -n 1");

        Assert.Equal("---\n", run.Output);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bug of probe-agent", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        File.WriteAllBytes(folder.InIt("latin.yaml"), [.. "kind: Pod # "u8, 0xE4, 0x0A]);

        var run = Inject("-f", "latin.yaml");

        Assert.Equal((2, ""), (run.ExitCode, run.Text));
        Assert.Contains("latin.yaml", run.Error, StringComparison.Ordinal);
        Assert.Contains("UTF-8", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var run = Inject("-f", "nowhere.yaml");

        Assert.Equal((2, ""), (run.ExitCode, run.Text));
        Assert.Contains("nowhere.yaml", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_stays_where_it_was()
    {
        folder.Write("bom.yaml", "\uFEFF" + Sound.Input);

        Inject("-f", "bom.yaml", "--in-place");

        Assert.Equal([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Sound.Expected!)], File.ReadAllBytes(folder.InIt("bom.yaml")));
    }

    [Theory]
    [InlineData("--mesh", "envoy")]
    [InlineData("--hooks", "maybe")]
    [InlineData("--prometheus", "yes")]
    [InlineData("--kube-version", "new")]
    [InlineData("-o", "xml")]
    [InlineData("--in-place", "--diff")]
    [InlineData("--hooks", "relay")]
    public void Wrong_use_is_exit_2_and_a_sentence(params string[] options)
    {
        var run = InjectRun.Inject(Sound.Folder, ["-f", "input.yaml", "--image", InjectRun.Image, .. options]);

        Assert.Equal((2, ""), (run.ExitCode, run.Text));
        Assert.Contains(options[0], run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--image", "-f", "input.yaml")]
    [InlineData("-f", "--image", "registry.example.com/probe-agent:1")]
    public void A_needed_option_that_is_missing_is_named(string missing, params string[] given)
    {
        var run = InjectRun.Inject(Sound.Folder, [.. given, "--mesh", "istio"]);

        Assert.Equal((2, ""), (run.ExitCode, run.Text));
        Assert.Contains(missing, run.Error, StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private InjectRun Inject(params string[] arguments) => InjectRun.Inject(folder.Path, [.. arguments, "--image", InjectRun.Image, "--mesh", "istio"]);

    private void Patch(string file, params string[] how) =>
        Command.Run("patch", ["--quiet", "--binary", .. how, folder.InIt(file), folder.InIt("the.diff")]);
}
