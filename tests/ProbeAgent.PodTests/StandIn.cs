using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProbeAgent.PodTests;

/// <summary>
/// Somebody in the pod who listens at a port of a sidecar: the sidecar's own endpoint, word for word as its source has it, or one that
/// only looks like it.
/// </summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly CancellationToken end;
    private readonly Socket listener;
    private readonly Task accepting;
    private volatile Func<string, string> answers;
    private int connections;

    /// <summary>Listens at that port of 127.0.0.1, and answers each path so.</summary>
    public StandIn(NetworkNamespace pod, int port, Func<string, string> answers)
    {
        this.answers = answers;
        end = ending.Token;
        listener = pod.OpenSocket(AddressFamily.InterNetwork);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(64);
        accepting = AcceptAsync();
    }

    /// <summary>How many connections have come.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>An answer of that code and body, with what headers there are.</summary>
    public static string Answer(string status, string body, string headers = "") =>
        $"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}";

    /// <summary>Answers so from now on.</summary>
    public void AnswerWith(Func<string, string> next) => answers = next;

    /// <summary>Completes when so many connections have come.</summary>
    public async Task VisitedAsync(int times)
    {
        using var deadline = new CancellationTokenSource(PodProcess.Patience);
        using var glances = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Connections < times)
        {
            await glances.WaitForNextTickAsync(deadline.Token);
        }
    }

    /// <summary>Dies: its port is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!ending.IsCancellationRequested)
        {
            await ending.CancelAsync();
            listener.Dispose();
            await accepting;
            ending.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(end);
                Interlocked.Increment(ref connections);
                _ = ServeAsync(socket);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It has died.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            var head = new byte[4096];
            var length = await stream.ReadAsync(head, end);
            var path = Encoding.ASCII.GetString(head, 0, length).Split(' ').ElementAtOrDefault(1) ?? "";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answers(path)), end);

            // What it has not said by now it never says; the caller has to leave.
            while (await stream.ReadAsync(head, end) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // The caller's end of it, or its own.
        }
    }
}
