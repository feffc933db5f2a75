using System.Text.RegularExpressions;
using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests.Release;

/// <summary>The version comes from one place, and what has to repeat it says the same.</summary>
public sealed partial class VersionTests
{
    private const string Source = "Directory.Build.props";

    private static readonly string[] Folders = ["deploy", "docs"];
    private static readonly string[] Files = ["README.md", "Dockerfile"];

    [Fact]
    public void Whatever_names_the_version_says_that_of_the_build()
    {
        var mentions = Mentions(Checkout.Root);

        Assert.Contains(mentions, mention => mention.File == "Dockerfile");
        Assert.Equal(2, mentions.Count(mention => mention.File == "deploy/helm/probe-agent/Chart.yaml"));
        Assert.Contains(mentions, mention => mention.File == "deploy/kustomize/webhook/webhook.yaml");
        Assert.Contains(mentions, mention => mention.File == "README.md");
        Assert.Contains(mentions, mention => mention.File == "deploy/helm/probe-agent/README.md");
        var version = ProjectVersion.Value;
        Assert.All(mentions, mention => Assert.Equal((mention.File, version), mention));
    }

    [Fact]
    public void The_binary_is_of_that_version() =>
        Assert.StartsWith($"probe-agent {ProjectVersion.Value} (", Command.Run(Checkout.AgentBinary, "version"), StringComparison.Ordinal);

    [Fact]
    public void Setting_it_sets_it_everywhere()
    {
        using var copy = CopyOfWhatNamesIt();

        var said = Command.Run(copy.InIt(".ci/version"), "12.3.4-rc.1");

        Assert.Equal($"{ProjectVersion.Value} -> 12.3.4-rc.1", said.Trim());
        Assert.Equal("12.3.4-rc.1", Command.Run(copy.InIt(".ci/version")).Trim());
        Assert.Equal(
            Mentions(Checkout.Root).Select(mention => mention with { Version = "12.3.4-rc.1" }),
            Mentions(copy.Path));
    }

    [Theory]
    [InlineData("v1.0.0")]
    [InlineData("1.0")]
    [InlineData("1.0.0; rm -rf /")]
    [InlineData("")]
    public void What_is_no_version_is_refused_and_changes_nothing(string version)
    {
        using var copy = CopyOfWhatNamesIt();

        var refused = Command.TryRun(copy.InIt(".ci/version"), version);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("write three numbers", refused.Error, StringComparison.Ordinal);
        Assert.Equal(Mentions(Checkout.Root), Mentions(copy.Path));
    }

    private static Injecting.TemporaryFolder CopyOfWhatNamesIt()
    {
        var copy = new Injecting.TemporaryFolder();
        Command.Run("cp", ["--archive", .. Folders.Concat(Files).Append(Source).Append(".ci").Select(Checkout.InRoot), copy.Path]);
        return copy;
    }

    private static List<(string File, string Version)> Mentions(string root) =>
    [
        .. Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))
            .Concat(Files.Select(file => Path.Combine(root, file)))
            .Where(file => Path.GetExtension(file) != ".png")
            .Order(StringComparer.Ordinal)
            .SelectMany(file => Mention().Matches(File.ReadAllText(file))
                .Select(match => (Path.GetRelativePath(root, file), match.Groups["version"].Value))),
    ];

    [GeneratedRegex(
        @"(?m)(probe-agent[: ]|--version |^ARG VERSION=|^appVersion: ""?|^version: ""?)(?<version>\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?)",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Mention();
}
