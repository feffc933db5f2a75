namespace ProbeAgent.EnduranceTests;

/// <summary>The wall clock of one process, which a test can set; its monotonic clock goes on as ever. By Debian's <c>faketime</c>.</summary>
public sealed class WallClock : IDisposable
{
    private readonly string library;
    private readonly string file = Path.GetTempFileName();

    /// <summary>A clock that goes right at first; skips the calling test where there is no faketime.</summary>
    public WallClock()
    {
        library = Directory.Exists("/usr/lib")
            ? Directory.EnumerateDirectories("/usr/lib").Select(folder => $"{folder}/faketime/libfaketimeMT.so.1").FirstOrDefault(File.Exists) ?? ""
            : "";
        Assert.SkipWhen(library.Length == 0, "needs libfaketimeMT.so.1 (faketime), which is not below /usr/lib");
        JumpTo("+0");
    }

    /// <summary>The variables by which a process gets this clock.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment =>
    [
        ("LD_PRELOAD", library), ("FAKETIME_TIMESTAMP_FILE", file), ("FAKETIME_NO_CACHE", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
    ];

    /// <summary>Sets it: <c>+1y</c> is a year ahead of the machine's, <c>-1y</c> a year behind.</summary>
    public void JumpTo(string offset)
    {
        // In one step: the process reads it whenever it asks for the time.
        File.WriteAllText($"{file}.next", $"{offset}\n");
        File.Move($"{file}.next", file, overwrite: true);
    }

    public void Dispose() => File.Delete(file);
}
