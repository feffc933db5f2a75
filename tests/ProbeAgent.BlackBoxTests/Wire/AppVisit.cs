using System.Net.Sockets;
using System.Text;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Wire;

/// <summary>One connection that the agent opened to the app: what it sent, how it ended, and the app's hand on it.</summary>
public sealed class AppVisit : IDisposable
{
    private readonly Socket socket;
    private readonly Lock gate = new();
    private readonly StringBuilder received = new();
    private readonly TaskCompletionSource headArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<VisitEnd> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes over an accepted connection; <c>number</c> counts the app's connections from 1.</summary>
    public AppVisit(Socket socket, int number)
    {
        this.socket = socket;
        socket.NoDelay = true;
        Number = number;
        _ = ReceiveAsync();
    }

    /// <summary>The how-manieth connection of this app it is, from 1.</summary>
    public int Number { get; }

    /// <summary>Every byte that the agent has sent so far.</summary>
    public string Received
    {
        get
        {
            lock (gate)
            {
                return received.ToString();
            }
        }
    }

    /// <summary>The target in the request line.</summary>
    public string Target => Received.Split(' ')[1];

    /// <summary>Completes when the agent ends the connection, or the app has.</summary>
    public Task<VisitEnd> Ended => ended.Task.WaitAsync(AgentProcess.Patience);

    /// <summary>True while neither side has ended the connection.</summary>
    public bool IsOpen => !ended.Task.IsCompleted;

    /// <summary>Completes when the whole head of a request is there.</summary>
    public Task HeadArrived => headArrived.Task.WaitAsync(AgentProcess.Patience);

    /// <summary>The value of a header as the app got it.</summary>
    public string? Header(string name) => new Answer(Received, "", TimeSpan.Zero).Header(name);

    /// <summary>Sends bytes; false where the agent has ended the connection.</summary>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await socket.SendAsync(bytes);
            return true;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Sends text; false where the agent has ended the connection.</summary>
    public Task<bool> TrySendAsync(string text) => TrySendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends FIN and reads on.</summary>
    public void FinishSending()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The agent was faster; how it ended is on record.
        }
    }

    /// <summary>Sends RST.</summary>
    public void Reset()
    {
        ended.TrySetResult(VisitEnd.ByApp);
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    public void Dispose()
    {
        ended.TrySetResult(VisitEnd.ByApp);
        socket.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var chunk = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(chunk) is > 0 and var count)
            {
                Keep(Encoding.Latin1.GetString(chunk, 0, count));
            }

            ended.TrySetResult(VisitEnd.Fin);
        }
        catch (SocketException)
        {
            ended.TrySetResult(VisitEnd.Reset);
        }
        catch (ObjectDisposedException)
        {
            ended.TrySetResult(VisitEnd.ByApp);
        }
    }

    private void Keep(string more)
    {
        bool whole;
        lock (gate)
        {
            received.Append(more);
            whole = received.ToString().Contains("\r\n\r\n", StringComparison.Ordinal);
        }

        if (whole)
        {
            headArrived.TrySetResult();
        }
    }
}
