using System.ComponentModel;
using System.Globalization;
using Prometheus;

namespace ProbeAgent.Telemetry;

/// <summary>The process, by the names of Prometheus' client guidelines, read from <c>/proc</c> at each scrape, and a few of the runtime.</summary>
internal sealed class ProcessMetrics
{
    // USER_HZ, the unit of times in /proc/self/stat: 100 on every Linux architecture .NET runs on.
    private const double TicksPerSecond = 100;

    private readonly Counter cpu;
    private readonly Gauge resident;
    private readonly Gauge virtualBytes;
    private readonly Gauge openDescriptors;
    private readonly Gauge maxDescriptors;
    private readonly Gauge threads;
    private readonly Gauge started;
    private readonly Gauge managed;
    private readonly Counter allocated;
    private readonly Counter.Child[] collections;

    private ProcessMetrics(MetricFactory factory)
    {
        cpu = factory.CreateCounter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.");
        resident = factory.CreateGauge("process_resident_memory_bytes", "Resident memory size in bytes.");
        virtualBytes = factory.CreateGauge("process_virtual_memory_bytes", "Virtual memory size in bytes.");
        openDescriptors = factory.CreateGauge("process_open_fds", "Number of open file descriptors.");
        maxDescriptors = factory.CreateGauge("process_max_fds", "Maximum number of open file descriptors.");
        threads = factory.CreateGauge("process_threads", "Number of OS threads in the process.");
        started = factory.CreateGauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.");
        managed = factory.CreateGauge("dotnet_total_memory_bytes", "Memory that the runtime believes to be allocated.");
        allocated = factory.CreateCounter("dotnet_allocated_bytes_total", "Bytes that objects have taken since the start.");
        var families = factory.CreateCounter("dotnet_collections_total", "Garbage collections, by generation.", "generation");
        collections = [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(n => families.WithLabels(n.ToString(CultureInfo.InvariantCulture)))];
    }

    /// <summary>Adds them to a registry.</summary>
    public static void Register(CollectorRegistry registry)
    {
        var metrics = new ProcessMetrics(Metrics.WithCustomRegistry(registry));
        registry.AddBeforeCollectCallback(metrics.Update);
    }

    private void Update()
    {
        try
        {
            // The command's name may hold spaces and parentheses; what follows the last one is numbers (proc(5)).
            var stat = File.ReadAllText("/proc/self/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            cpu.IncTo((Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
            threads.Set(Number(fields[17]));
            virtualBytes.Set(Number(fields[20]));
            resident.Set(Number(fields[21]) * Environment.SystemPageSize);
            started.Set(StartTime());
            openDescriptors.Set(Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
            maxDescriptors.Set(MaxDescriptors());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Win32Exception)
        {
            // Out of descriptors, or no /proc: the last values stand, the scrape goes on.
        }

        managed.Set(GC.GetTotalMemory(forceFullCollection: false));
        allocated.IncTo(GC.GetTotalAllocatedBytes(precise: false));
        for (var generation = 0; generation < collections.Length; generation++)
        {
            collections[generation].IncTo(GC.CollectionCount(generation));
        }
    }

    private static double StartTime()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0;
    }

    private static double MaxDescriptors()
    {
        var line = File.ReadLines("/proc/self/limits").First(text => text.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return soft == "unlimited" ? double.PositiveInfinity : Number(soft);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
