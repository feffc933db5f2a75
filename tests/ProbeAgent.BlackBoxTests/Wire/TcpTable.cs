using System.Globalization;

namespace ProbeAgent.BlackBoxTests.Wire;

/// <summary>The kernel's own list of TCP connections.</summary>
public static class TcpTable
{
    private const int TimeWait = 6;
    private static readonly string[] Files = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>One row of <c>/proc/net/tcp</c>; <c>Unread</c> is what the owner has not taken yet.</summary>
    private sealed record Row(int LocalPort, int RemotePort, int State, long Unread);

    /// <summary>How many connections at this port, at either end, wait out the two minutes after a close.</summary>
    public static int TimeWaits(int port) =>
        Rows().Count(row => row.State == TimeWait && (row.LocalPort == port || row.RemotePort == port));

    /// <summary>True where the owner of a port has taken every byte of the connection that comes from the other port.</summary>
    public static bool HasTakenAll(int ownerPort, int remotePort) =>
        Rows().Any(row => row.LocalPort == ownerPort && row.RemotePort == remotePort && row.Unread == 0);

    private static IEnumerable<Row> Rows() =>
        Files.Where(File.Exists)
            .SelectMany(file => File.ReadLines(file).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(columns => new Row(
                Port(columns[1]), Port(columns[2]), (int)Hex(columns[3]), Hex(columns[4].Split(':')[1])));

    private static int Port(string address) => (int)Hex(address[(address.LastIndexOf(':') + 1)..]);

    private static long Hex(string digits) => long.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
