using System.Globalization;

namespace ProbeAgent.EnduranceTests;

/// <summary>The memory limit of a container: a control group of the test's own, without swap, in which the agent starts.</summary>
public sealed class MemoryLimit : IDisposable
{
    private const string Mount = "/sys/fs/cgroup";

    private static int made;
    private readonly bool isVersion2 = File.Exists($"{Mount}/cgroup.controllers");
    private readonly string folder;

    /// <summary>Makes the group, and skips the calling test where it cannot.</summary>
    public MemoryLimit(int mebibytes)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"probe-agent-{Environment.ProcessId}-memory-{++made}");
        folder = isVersion2 ? $"{Mount}/{name}" : $"{Mount}/memory/{name}";
        try
        {
            Directory.CreateDirectory(folder);
            var bytes = string.Create(CultureInfo.InvariantCulture, $"{mebibytes * 1024 * 1024}");
            File.WriteAllText($"{folder}/{(isVersion2 ? "memory.max" : "memory.limit_in_bytes")}", bytes);
            var (swapFile, swap) = isVersion2 ? ("memory.swap.max", "0") : ("memory.memsw.limit_in_bytes", bytes);
            if (File.Exists($"{folder}/{swapFile}"))
            {
                File.WriteAllText($"{folder}/{swapFile}", swap);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Dispose();
            Assert.Skip($"needs the right to limit memory by a control group: {refused.Message}");
        }
    }

    /// <summary>The program by which a process starts in the group, so that all of its memory counts.</summary>
    public IReadOnlyList<string> Launcher => ["sh", "-c", $"echo $$ > {folder}/cgroup.procs && exec \"$@\"", "sh"];

    /// <summary>How often the kernel has killed in it for want of memory.</summary>
    public long Kills => Number(isVersion2 ? "memory.events" : "memory.oom_control", "oom_kill");

    /// <summary>How often the limit was met, and memory had to be taken back.</summary>
    public long Hits => isVersion2
        ? Number("memory.events", "max")
        : long.Parse(File.ReadAllText($"{folder}/memory.failcnt"), CultureInfo.InvariantCulture);

    /// <summary>What its processes hold of their own, without the pages of files that the kernel may drop.</summary>
    public double AnonymousMebibytes => Number("memory.stat", isVersion2 ? "anon" : "total_rss") / 1024.0 / 1024.0;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{AnonymousMebibytes:0.0} MiB of its own, limit met {Hits} times, {Kills} kills");

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder);
        }
    }

    private long Number(string file, string name) => File.ReadLines($"{folder}/{file}")
        .Select(line => line.Split(' '))
        .Where(words => words[0] == name)
        .Select(words => long.Parse(words[1], CultureInfo.InvariantCulture))
        .First();
}
