using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace ProbeAgent.Lab.Hostile;

/// <summary>
/// An app on a raw socket that answers whatever bytes it is told to, well formed or not, and remembers what it was asked.
/// Each connection gets one answer.
/// </summary>
public sealed class HostileApp : IAsyncDisposable
{
    private static readonly TimeSpan LongestConnection = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<ReceivedRequest> received = new();
    private readonly ConcurrentDictionary<Task, bool> connections = new();
    private readonly IPEndPoint endpoint;
    private SslServerAuthenticationOptions? tls;
    private Func<ReceivedRequest, Answer> answers;
    private Socket? listener;
    private Task accepting = Task.CompletedTask;

    private HostileApp(IPEndPoint endpoint, Func<ReceivedRequest, Answer> answers, SslServerAuthenticationOptions? tls)
    {
        this.endpoint = endpoint;
        this.answers = answers;
        this.tls = tls;
    }

    /// <summary>The port it listens on.</summary>
    public int Port => endpoint.Port;

    /// <summary>The port as text, for URLs and heads.</summary>
    public string PortText => Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Listens on a free port of 127.0.0.1.</summary>
    public static HostileApp Start(Func<ReceivedRequest, Answer> answers) => Start(IPAddress.Loopback, answers);

    /// <summary>
    /// Listens on a free port of the address; <see cref="IPAddress.IPv6Any"/> is every address of both families. With
    /// options it speaks TLS.
    /// </summary>
    public static HostileApp Start(
        IPAddress address, Func<ReceivedRequest, Answer> answers, SslServerAuthenticationOptions? tls = null)
    {
        var app = new HostileApp(new IPEndPoint(address, FreePort.Next()), answers, tls);
        app.Listen();
        return app;
    }

    /// <summary>What was asked since the last call, in the order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> TakeReceived()
    {
        var taken = new List<ReceivedRequest>();
        while (received.TryDequeue(out var request))
        {
            taken.Add(request);
        }

        return taken;
    }

    /// <summary>
    /// Answers so from now on. The function is asked when the connection opens and, where its answer waits for the
    /// request, again when that has come.
    /// </summary>
    public void AnswerWith(Func<ReceivedRequest, Answer> next) => answers = next;

    /// <summary>Speaks TLS so from now on, or plain where there are no options.</summary>
    public void SecureWith(SslServerAuthenticationOptions? next) => tls = next;

    /// <summary>Closes the port: connecting to it is refused.</summary>
    public async Task StopListeningAsync()
    {
        listener?.Dispose();
        await accepting;
    }

    /// <summary>Opens the port again.</summary>
    public void Listen()
    {
        listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (endpoint.Address.Equals(IPAddress.IPv6Any))
        {
            listener.DualMode = true;
        }

        listener.Bind(endpoint);
        listener.Listen(64);
        accepting = AcceptAsync(listener);
    }

    /// <summary>Ends every connection and the port.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await StopListeningAsync();
        await Task.WhenAll(connections.Keys);
        stopping.Dispose();
    }

    private async Task AcceptAsync(Socket open)
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await open.AcceptAsync(stopping.Token);
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }

            var served = ServeAsync(socket);
            connections.TryAdd(served, true);
            _ = served.ContinueWith(done => connections.TryRemove(done, out _), TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        deadline.CancelAfter(LongestConnection);
        var record = new ReceivedRequest();
        received.Enqueue(record);
        await using var connection = new HostileConnection(socket, tls, record);
        await connection.PlayAsync(answers, deadline.Token);
    }
}
