using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>All that came over one connection to the agent, and how it ended: <c>WasReset</c> tells a break from an end.</summary>
public sealed record RelayReading(string Text, bool WasReset, TimeSpan Elapsed)
{
    /// <summary>Sends these bytes and reads until the agent ends the connection.</summary>
    public static Task<RelayReading> OfAsync(AgentProcess agent, string request) => OfAsync(agent, request, static () => { });

    /// <summary>The same; calls back when the first bytes are there.</summary>
    public static async Task<RelayReading> OfAsync(AgentProcess agent, string request, Action begun)
    {
        var opened = Stopwatch.GetTimestamp();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, agent.PublicPort);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request));
        var text = new StringBuilder();
        var chunk = new byte[16 * 1024];
        try
        {
            while (await socket.ReceiveAsync(chunk).WaitAsync(AgentProcess.Patience) is > 0 and var count)
            {
                text.Append(Encoding.Latin1.GetString(chunk, 0, count));
                begun();
            }

            return new RelayReading(text.ToString(), WasReset: false, Stopwatch.GetElapsedTime(opened));
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return new RelayReading(text.ToString(), WasReset: true, Stopwatch.GetElapsedTime(opened));
        }
    }

    /// <summary>Reads a body of any size, keeping none of it, and returns how long it was; fails where it breaks.</summary>
    public static async Task<long> LengthAsync(AgentProcess agent, string request)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, agent.PublicPort);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request));
        var chunk = new byte[256 * 1024];
        var first = await socket.ReceiveAsync(chunk).WaitAsync(AgentProcess.Patience);
        var head = Encoding.Latin1.GetString(chunk, 0, first).IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        var length = (long)first - head;
        while (await socket.ReceiveAsync(chunk).WaitAsync(AgentProcess.Patience) is > 0 and var count)
        {
            length += count;
        }

        return length;
    }

    /// <summary>The resident memory of a process, in bytes.</summary>
    public static long Resident(AgentProcess agent) => 1024 * long.Parse(
        File.ReadLines($"/proc/{agent.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ')[^2],
        CultureInfo.InvariantCulture);
}
