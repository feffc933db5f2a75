using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProbeAgent.Tests.Probing;

/// <summary>A connection of this process with itself: the agent's end and the app's.</summary>
internal sealed class SocketPair : IDisposable
{
    // More than the tolerance of a deadline, with the grain of the kernel's clock.
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(80);

    public SocketPair()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Agent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Agent.Connect(listener.LocalEndpoint);
        App = listener.AcceptSocket();
    }

    public Socket Agent { get; }

    public Socket App { get; }

    /// <summary>The app says something, and it has arrived.</summary>
    public void AppSays(string text)
    {
        App.Send(Encoding.Latin1.GetBytes(text));
        Agent.Receive(new byte[1], SocketFlags.Peek);
    }

    /// <summary>Waits until, by the kernel's clock, something is long ago.</summary>
    public static void WaitUntilLongAgo(Func<TimeSpan?> since) =>
        Assert.True(SpinWait.SpinUntil(() => since() > Long, TimeSpan.FromSeconds(30)));

    public void Dispose()
    {
        Agent.Dispose();
        App.Dispose();
    }
}
