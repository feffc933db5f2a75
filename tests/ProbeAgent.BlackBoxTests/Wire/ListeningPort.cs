using System.Net;
using System.Net.Sockets;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Wire;

/// <summary>The port of an agent whose output says nothing of its start.</summary>
public static class ListeningPort
{
    /// <summary>Waits until somebody listens on it.</summary>
    public static async Task OpensAsync(int port)
    {
        using var deadline = new CancellationTokenSource(AgentProcess.Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await timer.WaitForNextTickAsync(deadline.Token))
        {
            try
            {
                using var connection = await ProbeConnection.OpenAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }
    }
}
