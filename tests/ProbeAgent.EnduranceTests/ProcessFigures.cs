using System.Diagnostics;
using System.Globalization;

namespace ProbeAgent.EnduranceTests;

/// <summary>What a process has of the machine, as the kernel counts it.</summary>
public sealed record ProcessFigures(double ResidentMebibytes, int Descriptors, int Threads, TimeSpan Processor)
{
    // sysconf(_SC_CLK_TCK), which is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Reads them now.</summary>
    public static ProcessFigures Of(int id)
    {
        var status = File.ReadLines($"/proc/{id}/status").ToList();
        return new ProcessFigures(Number(status, "VmRSS:") / 1024.0, OpenDescriptors(id), (int)Number(status, "Threads:"), ProcessorTime(id));
    }

    /// <summary>How many descriptors are open.</summary>
    public static int OpenDescriptors(int id) => Directory.GetFileSystemEntries($"/proc/{id}/fd").Length;

    /// <summary>Waits until they are as they shall be; fails with the last ones where they do not become so.</summary>
    public static async Task<ProcessFigures> WhenAsync(int id, Predicate<ProcessFigures> wanted, TimeSpan patience)
    {
        var start = Stopwatch.GetTimestamp();
        using var turns = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var now = Of(id);
            if (wanted(now))
            {
                return now;
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < patience, $"After {patience} the process has still {now}.");
            await turns.WaitForNextTickAsync();
        }
    }

    private static TimeSpan ProcessorTime(int id)
    {
        // The second field is the program's name in brackets, in which anything may stand.
        var text = File.ReadAllText($"/proc/{id}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((Parsed(fields[11]) + Parsed(fields[12])) / TicksPerSecond);
    }

    private static long Number(List<string> status, string name) =>
        Parsed(status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]);

    private static long Parsed(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
}
