using System.Runtime.Versioning;
using ProbeAgent.Lab;

namespace ProbeAgent.DocumentTests;

/// <summary>The pipeline of <c>docs/cookbook.md</c>, run with a stand-in for what renders and for git: what is committed is whole, or is what it was.</summary>
[SupportedOSPlatform("linux")]
public sealed class PipelineTests : IDisposable
{
    private const string Old = "# what was committed last time\n";

    // With a liveness that lint has nothing to say of.
    private const string Good = "sed 's/periodSeconds: 5$/periodSeconds: 10/' \"$MANIFEST\"";

    private readonly string folder = Directory.CreateTempSubdirectory("probe-agent-").FullName;

    private string Rendered => Path.Combine(folder, "rendered/prod.yaml");

    private string Added => Path.Combine(folder, "added");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_rendered_is_injected_and_committed()
    {
        var result = Run(Good);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains("name: probe-agent", File.ReadAllText(Rendered), StringComparison.Ordinal);
        Assert.Equal("add rendered/prod.yaml\n", File.ReadAllText(Added));
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData(Good + "; exit 1")]
    [InlineData("exit 0")]
    [InlineData(Good + " | sed 's/port: 80$/port: none-of-that-name/'")]
    public void Where_rendering_fails_or_injecting_is_refused_the_old_file_stays(string rendering)
    {
        var result = Run(rendering);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal(Old, File.ReadAllText(Rendered));
        Assert.False(File.Exists(Added), "git was asked to commit it.");
    }

    private Command.Result Run(string rendering)
    {
        Needs.Programs("bash");
        Directory.CreateDirectory(Path.GetDirectoryName(Rendered)!);
        File.WriteAllText(Rendered, Old);
        Program("kustomize", rendering);
        Program("git", "echo \"$*\" >> added");
        File.CreateSymbolicLink(Path.Combine(folder, "probe-agent"), Path.GetFullPath(Checkout.AgentBinary));

        var shown = Assert.Single(Page.At("docs/cookbook.md").In("sh"), block => block.Heading == "GitOps");
        var start = Command.Describe("bash", ["-c", shown.Text]);
        start.WorkingDirectory = folder;
        start.Environment["PATH"] = $"{folder}:{start.Environment["PATH"]}";
        start.Environment["MANIFEST"] = Checkout.InRoot("deploy/examples/service-go-liveness-http.yaml");
        return Command.TryRun(start);
    }

    private void Program(string name, string script)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
