using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ProbeAgent.Lab.Hostile;

/// <summary>One connection to the hostile app: reads the request's head, plays the answer, sees how the caller leaves.</summary>
internal sealed class HostileConnection(Socket socket, X509Certificate2? certificate, ReceivedRequest record) : IAsyncDisposable
{
    private const int HeadLimit = 64 * 1024;

    private Stream stream = new NetworkStream(socket, ownsSocket: false);
    private bool isReset;

    public async Task PlayAsync(Func<ReceivedRequest, Answer> answers, CancellationToken cancellationToken)
    {
        try
        {
            await SecureAsync(cancellationToken);
            var answer = answers(record);
            if (answer.WaitsForRequest)
            {
                record.Head = await ReadHeadAsync(cancellationToken);
                // The answer may depend on what was asked.
                answer = answers(record);
            }

            foreach (var step in answer.Steps)
            {
                await step.TakeAsync(this, cancellationToken);
            }

            if (!isReset)
            {
                socket.Shutdown(SocketShutdown.Send);
                await WaitForCallerToLeaveAsync(cancellationToken);
            }
        }
        catch (Exception problem) when (problem is SocketException or IOException or OperationCanceledException)
        {
            // The caller's own end of it, or the app's: what is known of it is in the record.
            if ((problem as SocketException ?? problem.InnerException) is SocketException { SocketErrorCode: SocketError.ConnectionReset })
            {
                record.Leaves(CallerExit.Reset);
            }
        }
        finally
        {
            record.Leaves(CallerExit.Unseen);
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await stream.WriteAsync(bytes, cancellationToken);

    public void Reset()
    {
        isReset = true;
        socket.Close(timeout: 0);
    }

    public async Task WaitForCallerToLeaveAsync(CancellationToken cancellationToken)
    {
        var ignored = new byte[4096];
        while (await stream.ReadAsync(ignored, cancellationToken) > 0)
        {
            record.SaysMore();
        }

        record.Leaves(CallerExit.Closed);
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        socket.Dispose();
    }

    private async Task SecureAsync(CancellationToken cancellationToken)
    {
        if (certificate is null)
        {
            return;
        }

        var secured = new SslStream(stream);
        stream = secured;
        try
        {
            await secured.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
        }
        catch (System.Security.Authentication.AuthenticationException notTls)
        {
            throw new IOException(notTls.Message, notTls);
        }
    }

    private async Task<string> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var piece = new byte[4096];
        while (head.Length < HeadLimit && !head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(piece, cancellationToken);
            if (count == 0)
            {
                record.Leaves(CallerExit.Closed);
                throw new IOException("The caller left before its request was whole.");
            }

            head.Append(Encoding.Latin1.GetString(piece, 0, count));
        }

        return head.ToString();
    }
}
