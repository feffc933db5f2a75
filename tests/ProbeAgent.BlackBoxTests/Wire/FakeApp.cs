using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Wire;

/// <summary>What the app does with one connection; when it returns, the app waits for the agent to end it.</summary>
public delegate Task AppScript(AppVisit visit);

/// <summary>
/// An app on raw sockets that does what a script says: it can break every rule of HTTP, and it keeps the bytes of each request and
/// how each connection ended.
/// </summary>
public sealed class FakeApp : IAsyncDisposable
{
    private readonly List<Socket> listeners = [];
    private readonly List<Task> accepting = [];
    private readonly Channel<AppVisit> arrivals = Channel.CreateUnbounded<AppVisit>();
    private readonly Lock gate = new();
    private readonly List<AppVisit> visits = [];

    private FakeApp(int port, AppScript script)
    {
        Port = port;
        Script = script;
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>What it does with the next connection.</summary>
    public AppScript Script { get; set; }

    /// <summary>Every connection so far.</summary>
    public IReadOnlyList<AppVisit> Visits
    {
        get
        {
            lock (gate)
            {
                return [.. visits];
            }
        }
    }

    /// <summary>Every question of a probe so far: not what the agent asks when it looks a second time, which says so.</summary>
    public IReadOnlyList<AppVisit> Questions =>
    [
        .. Visits.Where(visit => visit.Received.StartsWith("GET ", StringComparison.Ordinal) && visit.Header("User-Agent") != "kube-probe/1.0+2"),
    ];

    /// <summary>The latest question.</summary>
    public AppVisit LastVisit => Questions[^1];

    /// <summary>Starts on 127.0.0.1 at a free port.</summary>
    public static FakeApp Start(AppScript script) => StartOn(FreePort.Next(), script, IPAddress.Loopback);

    /// <summary>Starts at a port of these addresses.</summary>
    public static FakeApp StartOn(int port, AppScript script, params IPAddress[] addresses)
    {
        var app = new FakeApp(port, script);
        foreach (var address in addresses)
        {
            app.Listen(address);
        }

        return app;
    }

    /// <summary>Listens on one more address.</summary>
    public void Listen(IPAddress address)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listeners.Add(listener);
        listener.Bind(new IPEndPoint(address, Port));
        listener.Listen(512);
        accepting.Add(AcceptAsync(listener));
    }

    /// <summary>Closes the port, as an app does that ends; open connections stay.</summary>
    public async Task StopListeningAsync()
    {
        listeners.ForEach(listener => listener.Dispose());
        listeners.Clear();
        await Task.WhenAll(accepting);
        accepting.Clear();
    }

    /// <summary>The next connection, in the order of arrival.</summary>
    public async Task<AppVisit> NextVisitAsync() => await arrivals.Reader.ReadAsync().AsTask().WaitAsync(AgentProcess.Patience);

    public async ValueTask DisposeAsync()
    {
        await StopListeningAsync();
        foreach (var visit in Visits)
        {
            visit.Dispose();
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket accepted;
            try
            {
                accepted = await listener.AcceptAsync();
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = ServeAsync(Register(accepted));
        }
    }

    private AppVisit Register(Socket accepted)
    {
        AppVisit visit;
        lock (gate)
        {
            visit = new AppVisit(accepted, visits.Count + 1);
            visits.Add(visit);
        }

        arrivals.Writer.TryWrite(visit);
        return visit;
    }

    private async Task ServeAsync(AppVisit visit)
    {
        try
        {
            await Script(visit);
            await visit.Ended;
        }
        catch (TimeoutException)
        {
            // The agent neither spoke nor ended the connection: the test that cares asserts on it.
        }

        visit.Dispose();
    }
}
