namespace ProbeAgent.BlackBoxTests;

/// <summary>A file that is gone when the test is over.</summary>
public sealed class TemporaryFile : IDisposable
{
    /// <summary>Writes it, under a name that nobody else has.</summary>
    public TemporaryFile(string content, string extension)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"probe-agent-{Guid.NewGuid():N}{extension}");
        File.WriteAllText(Path, content);
    }

    /// <summary>Where it is, absolute.</summary>
    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
