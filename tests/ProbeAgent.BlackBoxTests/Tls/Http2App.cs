using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Tls;

/// <summary>What the app does with a question; when it returns, the app waits for the next one on that connection.</summary>
public delegate Task Http2Script(Http2Call call);

/// <summary>An app that speaks HTTP/2 and nothing else, frame by frame, in plain text or over TLS: it can break every rule of gRPC.</summary>
public sealed class Http2App : IAsyncDisposable
{
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<Http2Call> calls = new();
    private readonly ConcurrentBag<Task> connections = [];
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly X509Certificate2? certificate;
    private readonly Task accepting;

    private Http2App(Http2Script script, X509Certificate2? certificate)
    {
        Script = script;
        this.certificate = certificate;
        Port = FreePort.Next();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        listener.Listen(64);
        accepting = AcceptAsync();
    }

    /// <summary>The port it listens on, at 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>What it does with the next question.</summary>
    public Http2Script Script { get; set; }

    /// <summary>Every question so far.</summary>
    public IReadOnlyCollection<Http2Call> Calls => calls;

    /// <summary>Starts it at a free port; over TLS (ALPN <c>h2</c>) where it has a certificate.</summary>
    public static Http2App Start(Http2Script script, X509Certificate2? certificate = null) => new(script, certificate);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(connections);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket accepted;
            try
            {
                accepted = await listener.AcceptAsync(stopping.Token);
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }

            connections.Add(ServeAsync(accepted));
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        deadline.CancelAfter(AgentProcess.Patience);
        try
        {
            await using Stream plain = new NetworkStream(socket, ownsSocket: true);
            await using var stream = certificate is null ? plain : await SecureAsync(plain, certificate, deadline.Token);
            await ConverseAsync(stream, deadline.Token);
        }
        catch (Exception left) when (left is IOException or SocketException or OperationCanceledException
            or System.Security.Authentication.AuthenticationException)
        {
            // The agent has ended it, or the test has.
        }
    }

    private static async Task<Stream> SecureAsync(Stream plain, X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        var secured = new SslStream(plain);
        await secured.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
            },
            cancellationToken);
        return secured;
    }

    private async Task ConverseAsync(Stream stream, CancellationToken cancellationToken)
    {
        var preface = new byte[Preface.Length];
        await stream.ReadExactlyAsync(preface, cancellationToken);
        if (!preface.AsSpan().SequenceEqual(Preface))
        {
            return;
        }

        await stream.WriteAsync(Http2Call.Frame(4, 0, 0, []), cancellationToken);
        var headers = new MemoryStream();
        var body = new MemoryStream();
        while (await ReadFrameAsync(stream, cancellationToken) is var frame)
        {
            switch (frame.Type)
            {
                case 0:
                    body.Write(frame.Payload);
                    break;
                case 1 or 9:
                    headers.Write(frame.Payload);
                    break;
                case 4 or 6 when (frame.Flags & 1) == 0:
                    await stream.WriteAsync(Http2Call.Frame(frame.Type, 1, 0, frame.Type == 6 ? frame.Payload : []), cancellationToken);
                    break;
            }

            if (frame.Type is 0 or 1 && (frame.Flags & 1) != 0)
            {
                var call = new Http2Call(stream, frame.Stream, headers.ToArray(), body.ToArray());
                calls.Enqueue(call);
                (headers, body) = (new MemoryStream(), new MemoryStream());
                await Script(call);
            }
        }
    }

    private static async Task<(byte Type, byte Flags, int Stream, byte[] Payload)> ReadFrameAsync(
        Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[9];
        await stream.ReadExactlyAsync(head, cancellationToken);
        var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
        await stream.ReadExactlyAsync(payload, cancellationToken);
        return (head[3], head[4], (head[5] << 24) | (head[6] << 16) | (head[7] << 8) | head[8], payload);
    }
}
