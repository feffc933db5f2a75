using System.Text;
using ProbeAgent.Lab;
using ProbeAgent.ManifestTests.Injecting;

namespace ProbeAgent.ManifestTests;

/// <summary><c>docs/getting-started.md</c> says what is true of <c>inject</c> and <c>lint</c>.</summary>
public sealed class GettingStartedTests : IDisposable
{
    private const string Beginning = "Getting started";
    private const string Service = "A service of your own";
    private const string Inject = "probe-agent ";
    private const string Apply = " | kubectl apply -f -";

    private static readonly Page Shown = Page.At("docs/getting-started.md");

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Meshes => new() { { "Istio", "istio" }, { "Linkerd", "linkerd" }, { "Kuma", "kuma" }, { "Consul", "consul" }, { "No mesh", "none" } };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Meshes))]
    public void Lint_has_nothing_to_say_of_what_is_written_by_hand(string heading, string mesh) =>
        AssertCleanBy(mesh, Shown.In("yaml").First(block => block.Heading == heading).Text);

    [Theory]
    [MemberData(nameof(Meshes))]
    public void What_the_shown_command_makes_of_the_app_has_the_agent_and_nothing_that_lint_would_say(string heading, string mesh)
    {
        folder.Write("app.yaml", Manifest(Beginning));
        var command = Shown.In("sh").Single(block => block.Heading == heading).Text.Split('\n').Single(line => line.StartsWith(Inject, StringComparison.Ordinal));
        Assert.EndsWith($"--mesh {mesh}{Apply}", command, StringComparison.Ordinal);

        var run = InjectRun.Start(folder.Path, [], command[Inject.Length..^Apply.Length].Split(' '));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("name: probe-agent", run.Text, StringComparison.Ordinal);
        AssertCleanBy(mesh, run.Text);
    }

    [Fact]
    public void The_difference_begins_as_it_is_shown()
    {
        folder.Write("shop.yaml", Manifest(Service));

        var run = InjectRun.Inject(folder.Path, "-f", "shop.yaml", "--image", InjectRun.Image, "--mesh", "istio", "--diff");

        Assert.StartsWith(Shown.In("text").Single(block => block.Heading == Service).Text, run.Text, StringComparison.Ordinal);
    }

    private static string Manifest(string heading) => Shown.In("yaml").Single(block => block.Heading == heading).Text;

    private static void AssertCleanBy(string mesh, string manifest)
    {
        var lint = InjectRun.Start(Path.GetTempPath(), Encoding.UTF8.GetBytes(manifest), "lint", "-f", "-", "--mesh", mesh, "--fail-on", "info");
        Assert.True(lint.ExitCode == 0, lint.Text + lint.Error);
    }
}
