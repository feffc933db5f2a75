using System.Net;
using System.Net.Sockets;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Wire;

/// <summary>The port of an agent whose output says nothing of its start.</summary>
public static class ListeningPort
{
    /// <summary>Waits until somebody listens on it.</summary>
    public static Task OpensAsync(int port) => UntilAsync(port, isOpen: true);

    /// <summary>Waits until nobody listens on it any more.</summary>
    public static Task ClosesAsync(int port) => UntilAsync(port, isOpen: false);

    private static async Task UntilAsync(int port, bool isOpen)
    {
        using var deadline = new CancellationTokenSource(AgentProcess.Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await IsOpenAsync(port) != isOpen)
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    private static async Task<bool> IsOpenAsync(int port)
    {
        try
        {
            using var connection = await ProbeConnection.OpenAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
