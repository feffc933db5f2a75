namespace ProbeAgent.EnduranceTests;

/// <summary>A folder that goes when it is disposed of.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("probe-agent-");

    /// <summary>Where it is.</summary>
    public string Path => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
