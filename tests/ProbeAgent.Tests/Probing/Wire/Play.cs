using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ProbeAgent.Tests.Probing.Wire;

/// <summary>What fake apps do with their connections.</summary>
internal static class Play
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/x-test\r\n\r\nok";

    /// <summary>Reads the head of a request, sends the text, and waits until the caller leaves.</summary>
    public static Func<Socket, CancellationToken, Task> Answer(string text, Action<string>? onHead = null) => async (socket, end) =>
    {
        var stream = new NetworkStream(socket);
        await AnswerAsync(stream, text, onHead, end);
    };

    /// <summary>The same over TLS.</summary>
    public static Func<Socket, CancellationToken, Task> SecureAnswer(
        SslServerAuthenticationOptions options, string text, Action<string>? onHead = null) => async (socket, end) =>
    {
        var secured = new SslStream(new NetworkStream(socket));
        await secured.AuthenticateAsServerAsync(options, end);
        await AnswerAsync(secured, text, onHead, end);
    };

    /// <summary>Sends text at once, whatever comes.</summary>
    public static Func<Socket, CancellationToken, Task> Say(byte[] bytes) => async (socket, end) =>
    {
        await socket.SendAsync(bytes, end);
        await UntilLeftAsync(new NetworkStream(socket), end);
    };

    /// <summary>Reads something, then resets.</summary>
    public static async Task ResetAsync(Socket socket, CancellationToken end)
    {
        await socket.ReceiveAsync(new byte[1], end);
        socket.Close(0);
    }

    /// <summary>Reads all there is, then closes in order.</summary>
    public static async Task HangUpAsync(Socket socket, CancellationToken end)
    {
        await socket.ReceiveAsync(new byte[64 * 1024], end);
        socket.Shutdown(SocketShutdown.Send);
        await UntilLeftAsync(new NetworkStream(socket), end);
    }

    /// <summary>A server with that certificate, and with those protocols where any are named.</summary>
    public static SslServerAuthenticationOptions Server(X509Certificate2 certificate, params SslApplicationProtocol[] protocols) => new()
    {
        ServerCertificate = certificate,
        ApplicationProtocols = protocols.Length == 0 ? null : [.. protocols],
    };

    public static async Task<string> ReadHeadAsync(Stream stream, CancellationToken end)
    {
        var head = new StringBuilder();
        var piece = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(piece, end);
            if (count == 0)
            {
                throw new IOException("the caller left");
            }

            head.Append(Encoding.Latin1.GetString(piece, 0, count));
        }

        return head.ToString();
    }

    public static async Task UntilLeftAsync(Stream stream, CancellationToken end)
    {
        var ignored = new byte[4096];
        while (await stream.ReadAsync(ignored, end) > 0)
        {
        }
    }

    private static async Task AnswerAsync(Stream stream, string text, Action<string>? onHead, CancellationToken end)
    {
        var head = await ReadHeadAsync(stream, end);
        onHead?.Invoke(head);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), end);
        await UntilLeftAsync(stream, end);
    }
}
