using System.Globalization;
using System.Runtime.InteropServices;

namespace ProbeAgent.Hosting;

/// <summary>
/// Pages of the binary that only the start has read, types as they are packed and code that runs once, are let go: some eight megabytes.
/// They stay in the node's cache, and what is needed again comes from there; a node that is short of memory need not ask first.
/// </summary>
internal static class StartPages
{
    private const string Mappings = "/proc/self/smaps";

    // MADV_DONTNEED, madvise(2): the next access reads the file again.
    private const int DontNeed = 4;

    /// <summary>Lets them go; where the kernel does not say what is mapped, nothing happens.</summary>
    public static void LetGo()
    {
        try
        {
            foreach (var (start, length) in Clean(File.ReadLines(Mappings), Environment.ProcessPath ?? ""))
            {
                _ = Advise(start, length, DontNeed);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            // No loss: they stay.
        }
    }

    /// <summary>
    /// The mappings of the file in which nothing can be lost: not writable, and no page of them was ever written to, neither in memory nor
    /// in swap. The loader has written to others, which are not writable any more.
    /// </summary>
    /// <param name="smaps">As in <c>proc(5)</c>: for each mapping <c>start-end perms … path</c>, then its figures, <c>Name: n kB</c>.</param>
    /// <param name="file">The path of the file.</param>
    internal static List<(nint Start, nint Length)> Clean(IEnumerable<string> smaps, string file)
    {
        var clean = new List<(nint Start, nint Length)>();
        var figures = new Dictionary<string, string>();
        var (start, length) = ((nint)0, (nint)0);
        foreach (var line in smaps.Append("0-0 ---- end"))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0].EndsWith(':'))
            {
                figures[words[0]] = words[1];
                continue;
            }

            if (length > 0 && figures.GetValueOrDefault("Anonymous:") == "0" && figures.GetValueOrDefault("Swap:") == "0")
            {
                clean.Add((start, length));
            }

            figures.Clear();
            (start, length) = words[1] is "r--p" or "r-xp" && line.EndsWith(' ' + file, StringComparison.Ordinal) ? Range(words[0]) : (0, 0);
        }

        return clean;
    }

    private static (nint Start, nint Length) Range(string text)
    {
        var ends = text.Split('-');
        var start = nint.Parse(ends[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return (start, nint.Parse(ends[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) - start);
    }

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint start, nint length, int advice);
}
