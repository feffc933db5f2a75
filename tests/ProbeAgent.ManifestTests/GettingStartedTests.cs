using ProbeAgent.Lab;
using ProbeAgent.ManifestTests.Injecting;

namespace ProbeAgent.ManifestTests;

/// <summary><c>docs/getting-started.md</c> says what is true of <c>inject</c> and <c>lint</c>.</summary>
public sealed class GettingStartedTests : IDisposable
{
    private const string Service = "A service of your own";
    private const string File = "shop.yaml";

    private static readonly Page Shown = Page.At("docs/getting-started.md");

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Meshes => new() { { "Istio", "istio" }, { "Linkerd", "linkerd" }, { "Kuma", "kuma" }, { "Consul", "consul" }, { "No mesh", "none" } };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Meshes))]
    public void Lint_has_nothing_to_say_of_what_is_written_by_hand(string heading, string mesh)
    {
        folder.Write(File, Shown.In("yaml").First(block => block.Heading == heading).Text);

        AssertCleanBy(mesh);
    }

    [Theory]
    [MemberData(nameof(Meshes))]
    public void Inject_makes_of_the_service_what_lint_has_nothing_to_say_of(string heading, string mesh)
    {
        WriteService();
        var command = $"probe-agent inject -f {File} --image {InjectRun.Image} --mesh {mesh}";
        Assert.Contains(Shown.In("sh").Single(block => block.Heading == Service && block.Text.Contains("--diff", StringComparison.Ordinal)).Text.Split('\n'),
            line => line.StartsWith(command, StringComparison.Ordinal));

        var run = InjectRun.Inject(folder.Path, "-f", File, "--image", InjectRun.Image, "--mesh", mesh, "--in-place");

        Assert.Equal((heading, 0, $"{File}: injected\n"), (heading, run.ExitCode, run.Error));
        Assert.Contains("name: probe-agent", folder.Read(File), StringComparison.Ordinal);
        AssertCleanBy(mesh);
    }

    [Fact]
    public void The_difference_begins_as_it_is_shown()
    {
        WriteService();

        var run = InjectRun.Inject(folder.Path, "-f", File, "--image", InjectRun.Image, "--mesh", "istio", "--diff");

        Assert.StartsWith(Shown.In("text").Single(block => block.Heading == Service).Text, run.Text, StringComparison.Ordinal);
    }

    private void WriteService() => folder.Write(File, Shown.In("yaml").Single(block => block.Heading == Service).Text);

    private void AssertCleanBy(string mesh)
    {
        var lint = InjectRun.Start(folder.Path, [], "lint", "-f", File, "--mesh", mesh, "--fail-on", "info");
        Assert.True(lint.ExitCode == 0, lint.Text + lint.Error);
    }
}
