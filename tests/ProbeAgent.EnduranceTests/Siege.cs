using ProbeAgent.Lab;

[assembly: AssemblyFixture(typeof(ProbeAgent.EnduranceTests.Siege))]

namespace ProbeAgent.EnduranceTests;

/// <summary>The Go program of <c>tests/siege</c>, built once for the suite: kubelet, flood and app, each a process of its own.</summary>
public sealed class Siege : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("probe-agent-siege-");
    private readonly Lazy<string> binary;

    public Siege() => binary = new Lazy<string>(Build);

    /// <summary>Starts a subcommand.</summary>
    public SiegeProcess Start(params string[] arguments)
    {
        Needs.Programs("go");
        return new SiegeProcess(binary.Value, arguments);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Build()
    {
        var built = Path.Combine(folder.FullName, "siege");
        GoProgram.Build("tests/siege", built);
        return built;
    }
}
