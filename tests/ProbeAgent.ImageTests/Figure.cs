using System.Globalization;

namespace ProbeAgent.ImageTests;

/// <summary>What a run has measured: docs/image.md has those of a quiet machine.</summary>
internal static class Figure
{
    /// <summary>Writes one, on a line of its own.</summary>
    public static void Print(FormattableString figure) =>
        Console.WriteLine($"image: {figure.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>What a container holds of memory, in words.</summary>
    public static string OfMemory(AgentContainer agent)
    {
        var used = agent.Memory("memory.usage_in_bytes", "memory.current") / 1024;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"resident {agent.ProcessStatus("VmRSS")}, anonymous {agent.ProcessStatus("RssAnon")}, cgroup {used} kB");
    }
}
