using System.Globalization;

namespace ProbeAgent.ParityTests;

/// <summary>The kernel's list of TCP sockets: <c>/proc/net/tcp</c> and <c>tcp6</c>.</summary>
internal static class Sockets
{
    // FIN_WAIT1, FIN_WAIT2, TIME_WAIT, CLOSING: the states of whoever said FIN first (include/net/tcp_states.h). All lead to TIME_WAIT.
    private static readonly string[] OfWhoeverEndedFirst = ["04", "05", "06", "0B"];

    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Sockets of callers of the port that ended their connection first by FIN, and are in the kernel's way for a minute.</summary>
    public static IReadOnlyList<string> EndedByTheirOwnerTowards(int port)
    {
        var remote = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return [.. Tables
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            // Number, local address, remote address, state.
            .Where(fields => fields[2].EndsWith(remote, StringComparison.Ordinal) && OfWhoeverEndedFirst.Contains(fields[3]))
            .Select(fields => $"{fields[1]} to {fields[2]} in state {fields[3]}")];
    }
}
