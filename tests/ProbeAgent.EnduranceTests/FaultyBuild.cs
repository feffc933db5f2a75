using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>The agent, built of a copy of its code in which something can be thrown at every place of <c>tests/faults</c>.</summary>
public sealed class FaultyBuild : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("probe-agent-faults-");

    /// <summary>Copies, marks and builds.</summary>
    public FaultyBuild()
    {
        try
        {
            Copy();
            Mark();
            Build();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The built program.</summary>
    public string Binary => InCopy("artifacts/bin/ProbeAgent/release/probe-agent");

    public void Dispose() => folder.Delete(recursive: true);

    private string InCopy(string file) => Path.Combine(folder.FullName, file);

    private void Copy()
    {
        var all = Directory.EnumerateFiles(Checkout.InRoot("src"), "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Checkout.Root))
            // Of a work tree of git, which the copy is not.
            .Where(file => Path.GetFileName(file) != ".git");
        foreach (var file in all.Select(file => Path.GetRelativePath(Checkout.Root, file)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(InCopy(file))!);
            File.Copy(Checkout.InRoot(file), InCopy(file));
        }
    }

    private void Mark()
    {
        File.Copy(Checkout.InRoot("tests/faults/Fault.cs"), InCopy("src/ProbeAgent/Fault.cs"));
        foreach (var place in FaultPlace.Names.Select(FaultPlace.Read))
        {
            File.WriteAllText(InCopy(place.File), place.Mark(File.ReadAllText(InCopy(place.File))));
        }
    }

    // On the runtime, not native: that takes a tenth of the time, and an exception is the same in both.
    private void Build()
    {
        var build = Command.Describe("dotnet",
        [
            "build", "src/ProbeAgent", "-c", "Release", "--verbosity", "quiet", "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false",
            "-p:EnforceCodeStyleInBuild=false", "-p:UseSharedCompilation=false",
        ]);
        build.WorkingDirectory = folder.FullName;
        build.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        var built = Command.TryRun(build);
        Assert.True(built.ExitCode == 0, $"The agent with faults cannot be built:\n{built.Output}{built.Error}");
    }
}
