using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using ProbeAgent.Lab;
using ProbeAgent.ManifestTests.Injecting;

namespace ProbeAgent.ManifestTests.Release;

/// <summary>The commands of <c>docs/release.md</c>, with programs in the place of docker, git and helm that only write down what they are asked.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class ReleasePageTests
{
    private const string Program =
        """
        #!/bin/sh
        echo "${0##*/} $*" >> "$CALLS"
        case "$1" in
            rev-parse) echo 0123456789abcdef ;;
            log) echo 2026-01-02T03:04:05+00:00 ;;
            create) echo container ;;
        esac

        """;

    // The version is the Dockerfile's own, which another test holds; the processor is said by whoever builds.
    private static readonly string[] NotToBeGiven = ["VERSION", "TARGETARCH"];

    private static readonly IReadOnlyList<string> Calls = Run();

    [Fact]
    public void The_symbols_are_built_with_the_same_arguments_as_the_image()
    {
        var image = Assert.Single(Builds(), build => build.EndsWith(" --push .", StringComparison.Ordinal));
        var symbols = Assert.Single(Builds(), build => build.Contains(" --target symbols ", StringComparison.Ordinal));

        Assert.Equal(2, Builds().Count());
        Assert.NotEmpty(Arguments(image));
        Assert.Equal(Arguments(image), Arguments(symbols));
    }

    [Fact]
    public void Each_build_argument_of_the_Dockerfile_is_given_and_the_bases_are_those_of_the_Dockerfile_by_digest()
    {
        var defaults = BuildArgument().Matches(Manifests.Read("Dockerfile")).Where(match => !NotToBeGiven.Contains(match.Groups["name"].Value)).ToList();
        var given = Builds().SelectMany(Arguments).Select(argument => argument.Replace("--build-arg ", "", StringComparison.Ordinal)).ToHashSet();

        Assert.All(defaults.Select(match => match.Groups["name"].Value), name => Assert.Contains(given, argument => argument.StartsWith(name + "=", StringComparison.Ordinal)));
        Assert.All(defaults.Where(match => match.Groups["value"].Success), match => Assert.Contains(match.Value["ARG ".Length..] + "@sha256:…", given));
    }

    [Fact]
    public void The_bill_of_materials_is_taken_out_of_the_image_of_each_platform()
    {
        var platforms = Builds().SelectMany(Arguments).Where(argument => argument.StartsWith("--platform ", StringComparison.Ordinal)).Distinct();

        Assert.Equal(
            Assert.Single(platforms)["--platform ".Length..].Split(','),
            Calls.Where(call => call.StartsWith("docker create ", StringComparison.Ordinal)).Select(call => Platform().Match(call).Groups["value"].Value));
        Assert.Equal(
            ["dist/probe-agent-amd64.cdx.json", "dist/probe-agent-arm64.cdx.json"],
            Calls.Where(call => call.Contains("/probe-agent.cdx.json ", StringComparison.Ordinal)).Select(call => call.Split(' ')[^1]));
    }

    private static IEnumerable<string> Builds() => Calls.Where(call => call.StartsWith("docker buildx build ", StringComparison.Ordinal));

    private static List<string> Arguments(string build) => [.. Argument().Matches(build).Select(match => match.Value)];

    private static List<string> Run()
    {
        using var folder = new TemporaryFolder();
        Command.Run("cp", "--archive", Checkout.InRoot(".ci"), Checkout.InRoot("Directory.Build.props"), folder.Path);
        foreach (var name in new[] { "docker", "git", "helm" })
        {
            File.SetUnixFileMode(folder.Write($"programs/{name}", Program), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var blocks = Page.At("docs/release.md").In("sh").Where(block => block.Heading == "Build").Select(block => block.Text);
        var start = Command.Describe("bash", ["-euc", string.Concat(blocks)]);
        start.WorkingDirectory = folder.Path;
        start.Environment["PATH"] = $"{folder.InIt("programs")}:{start.Environment["PATH"]}";
        start.Environment["CALLS"] = folder.InIt("calls");
        var result = Command.TryRun(start);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return [.. folder.Read("calls").Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    [GeneratedRegex(@"--(platform|build-arg) \S+", RegexOptions.ExplicitCapture)]
    private static partial Regex Argument();

    [GeneratedRegex(@"--platform (?<value>\S+)")]
    private static partial Regex Platform();

    // Those that are declared again inside of a stage have no value there.
    [GeneratedRegex(@"(?m)^ARG (?<name>\w+)(=(?<value>.+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex BuildArgument();
}
