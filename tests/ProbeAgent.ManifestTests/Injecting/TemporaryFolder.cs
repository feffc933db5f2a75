namespace ProbeAgent.ManifestTests.Injecting;

/// <summary>A folder that is gone when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("probe-agent-inject-").FullName;

    /// <summary>Writes a file into it, making folders on the way, and returns where it is.</summary>
    public string Write(string name, string text)
    {
        var file = InIt(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>The text of a file in it.</summary>
    public string Read(string name) => File.ReadAllText(InIt(name));

    /// <summary>The path of a file in it.</summary>
    public string InIt(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
