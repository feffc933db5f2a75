using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.HostileApps;

/// <summary>An app that speaks HTTPS, below which somebody changes the bytes that it sends; each connection ends by FIN.</summary>
internal sealed class TamperingApp : IAsyncDisposable
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray();

    private readonly X509Certificate2 certificate;
    private readonly CancellationTokenSource stopping = new();
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Task accepting;
    private Func<byte[], byte[]> tamper = bytes => bytes;
    private volatile bool isSecured;

    public TamperingApp(X509Certificate2 certificate)
    {
        this.certificate = certificate;
        Port = FreePort.Next();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        listener.Listen(64);
        accepting = AcceptAsync();
    }

    /// <summary>The port it listens on, at 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>True where what is sent is not of the handshake any more.</summary>
    public bool IsSecured => isSecured;

    /// <summary>Changes every write of the next connections so.</summary>
    public void TamperBy(Func<byte[], byte[]> change) => tamper = change;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
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

            // One after the other: the agent asks one question at a time.
            await ServeAsync(accepted);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var plain = new NetworkStream(socket, ownsSocket: true);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(3));
        isSecured = false;
        try
        {
            await using var secured = new SslStream(new TamperedStream(plain, tamper));
            await secured.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = certificate }, deadline.Token);
            isSecured = true;
            await secured.ReadAtLeastAsync(new byte[16], 16, throwOnEndOfStream: false, deadline.Token);
            await secured.WriteAsync(Answer, deadline.Token);
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException or AuthenticationException
            or InvalidOperationException)
        {
            // As it was meant to.
        }
    }
}
