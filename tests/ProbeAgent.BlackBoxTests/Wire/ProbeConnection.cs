using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Wire;

/// <summary>
/// One connection to the agent, written by hand: no client library stands between a test and the bytes, so that no path is
/// normalised, no header added, nothing retried.
/// </summary>
public sealed class ProbeConnection : IDisposable
{
    private readonly long opened = Stopwatch.GetTimestamp();
    private readonly Socket socket;
    private readonly byte[] chunk = new byte[16 * 1024];
    private string unread = "";

    private ProbeConnection(AddressFamily family) => socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>The port at this end.</summary>
    public int LocalPort => ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <summary>Connects, from a given source address where one is named.</summary>
    public static async Task<ProbeConnection> OpenAsync(IPAddress address, int port, IPAddress? from = null)
    {
        var connection = new ProbeConnection(address.AddressFamily);
        try
        {
            if (from is not null)
            {
                connection.socket.Bind(new IPEndPoint(from, 0));
            }

            await connection.socket.ConnectAsync(address, port).WaitAsync(AgentProcess.Patience);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>True where the agent ends a new connection without a byte, be it that it lets it in first or not.</summary>
    public static async Task<bool> IsTurnedAwayAsync(int port, IPAddress from)
    {
        try
        {
            using var connection = await OpenAsync(IPAddress.Loopback, port, from);
            return await connection.ReadToEndAsync() is "";
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }

    /// <summary>Sends these bytes.</summary>
    public async Task SendAsync(string bytes) =>
        await socket.SendAsync(Encoding.Latin1.GetBytes(bytes)).WaitAsync(AgentProcess.Patience);

    /// <summary>Reads one whole answer; fails where the connection ends before it.</summary>
    public async Task<Answer> ReadAnswerAsync(bool toHead = false)
    {
        var head = await ReadThroughAsync("\r\n\r\n");
        var answer = new Answer(head, "", Stopwatch.GetElapsedTime(opened));
        if (toHead || answer.Code is 204 or 304)
        {
            return answer;
        }

        var body = answer.Header("Transfer-Encoding") == "chunked"
            ? await ReadChunksAsync()
            : answer.Header("Content-Length") is { } length
                ? await ReadExactlyAsync(int.Parse(length, CultureInfo.InvariantCulture))
                : await ReadToEndAsync();
        return answer with { Body = body, Elapsed = Stopwatch.GetElapsedTime(opened) };
    }

    /// <summary>Reads until the agent ends the connection, by FIN or RST, and returns what came before.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder(unread);
        unread = "";
        while (await ReceiveAsync() is { Length: > 0 } more)
        {
            text.Append(more);
        }

        return text.ToString();
    }

    /// <summary>Ends the connection with RST, as a caller does who gives up.</summary>
    public void Abort()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    public void Dispose() => socket.Dispose();

    private async Task<string> ReadChunksAsync()
    {
        var body = new StringBuilder();
        while (true)
        {
            var size = int.Parse((await ReadThroughAsync("\r\n")).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Append(await ReadExactlyAsync(size));
            await ReadThroughAsync("\r\n");
            if (size == 0)
            {
                return body.ToString();
            }
        }
    }

    private async Task<string> ReadThroughAsync(string end)
    {
        while (!unread.Contains(end, StringComparison.Ordinal))
        {
            await ReceiveMoreAsync();
        }

        return Take(unread.IndexOf(end, StringComparison.Ordinal) + end.Length);
    }

    private async Task<string> ReadExactlyAsync(int count)
    {
        while (unread.Length < count)
        {
            await ReceiveMoreAsync();
        }

        return Take(count);
    }

    private string Take(int count)
    {
        var taken = unread[..count];
        unread = unread[count..];
        return taken;
    }

    private async Task ReceiveMoreAsync()
    {
        var more = await ReceiveAsync();
        unread += more.Length > 0 ? more : throw new IOException($"The agent ended the connection after '{unread}'.");
    }

    private async Task<string> ReceiveAsync()
    {
        try
        {
            var count = await socket.ReceiveAsync(chunk).WaitAsync(AgentProcess.Patience);
            return Encoding.Latin1.GetString(chunk, 0, count);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return "";
        }
    }
}
