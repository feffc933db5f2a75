using System.Globalization;
using ProbeAgent.Configuration;
using ProbeAgent.Probing;

namespace ProbeAgent.Hosting;

/// <summary>What this pod says of a configuration.</summary>
internal static class PodSurroundings
{
    /// <summary>For a configuration by which the agent runs here.</summary>
    public static Surroundings OfThisPod() => new(IsThePod: true, PodAddress.All, static () => TlsLibrary.IsPresent) { RunsAs = RunsAs() };

    /// <summary>For a document that is only looked at, perhaps on another machine.</summary>
    public static Surroundings OfAnotherMachine() => OfThisPod() with { IsThePod = false, RunsAs = null };

    private static (int User, int Group)? RunsAs()
    {
        try
        {
            var lines = File.ReadAllLines("/proc/self/status");
            return (IdOf("Uid:"), IdOf("Gid:"));

            // proc(5): real, effective, saved, and of file systems, which is the one that sockets have.
            int IdOf(string name) => int.Parse(
                lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split('\t')[4], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or InvalidOperationException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // Not every kernel writes all of it (gVisor's does not): it is for a warning only.
            return null;
        }
    }
}
