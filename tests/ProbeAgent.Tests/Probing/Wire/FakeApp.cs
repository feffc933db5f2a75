using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ProbeAgent.Tests.Probing.Wire;

/// <summary>An app on a real socket that does with each connection what the test says.</summary>
internal sealed class FakeApp : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new(TimeSpan.FromSeconds(20));
    private readonly Socket listener;
    private readonly Func<Socket, CancellationToken, Task> serve;
    private readonly ConcurrentBag<Task> served = [];
    private readonly Task accepting;
    private int connections;

    public FakeApp(Func<Socket, CancellationToken, Task> serve, IPAddress? address = null)
    {
        this.serve = serve;
        var endpoint = new IPEndPoint(address ?? IPAddress.Loopback, 0);
        listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(endpoint);
        listener.Listen();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    /// <summary>How many connections have come.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>A port of loopback at which nobody listens.</summary>
    public static int ClosedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(served);
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(ending.Token);
                Interlocked.Increment(ref connections);
                served.Add(ServeAsync(socket));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        // What is sent before a reset must be on its way by then.
        socket.NoDelay = true;
        using (socket)
        {
            try
            {
                await serve(socket, ending.Token);
            }
            catch (Exception end) when (end is OperationCanceledException or IOException or SocketException or ObjectDisposedException
                or System.Security.Authentication.AuthenticationException)
            {
                // The caller's end of it, or the test's.
            }
        }
    }
}
