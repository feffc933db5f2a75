using System.Globalization;
using System.Net;

namespace ProbeAgent.Probing;

/// <summary>Where in the pod somebody listens, by the kernel's own lists: nobody is asked.</summary>
internal static class ListeningPorts
{
    private const string Listening = "0A";

    // The kernel writes those who listen before all others, so the beginning is enough in a pod of thousands of connections.
    private const int MaxLines = 400;

    /// <summary>Every address and port, of IPv4 and IPv6; none where the lists cannot be read.</summary>
    public static IReadOnlyList<IPEndPoint> Read() => [.. Read("/proc/self/net/tcp"), .. Read("/proc/self/net/tcp6")];

    /// <summary>Those of a list in the kernel's form (proc(5)); what cannot be understood is left out.</summary>
    public static IEnumerable<IPEndPoint> Parse(string list) => list.Split('\n').Select(Listener).OfType<IPEndPoint>();

    private static IEnumerable<IPEndPoint> Read(string file)
    {
        try
        {
            return [.. File.ReadLines(file).Skip(1).Take(MaxLines).Select(Listener).TakeWhile(listener => listener is not null).OfType<IPEndPoint>()];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IPEndPoint? Listener(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var local, _, Listening, ..] ? EndPoint(local) : null;

    // 0100007F:1F90: the address in words of 32 bits as this machine has them, the port as a number.
    private static IPEndPoint? EndPoint(string text)
    {
        if (text.Split(':') is not [{ Length: 8 or 32 } address, var port]
            || !int.TryParse(port, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            || number is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
        {
            return null;
        }

        var bytes = new byte[address.Length / 2];
        for (var at = 0; at < bytes.Length; at += sizeof(uint))
        {
            if (!uint.TryParse(address.AsSpan(2 * at, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var word))
            {
                return null;
            }

            BitConverter.TryWriteBytes(bytes.AsSpan(at), word);
        }

        var listening = new IPAddress(bytes);
        return new IPEndPoint(listening.IsIPv4MappedToIPv6 ? listening.MapToIPv4() : listening, number);
    }
}
