using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace ProbeAgent.Lab.Hostile;

/// <summary>One connection to the hostile app: reads the request's head, plays the answer, sees how the caller leaves.</summary>
internal sealed class HostileConnection(Socket socket, SslServerAuthenticationOptions? tls, ReceivedRequest record) : IAsyncDisposable
{
    private const int HeadLimit = 64 * 1024;

    private Stream stream = new NetworkStream(socket, ownsSocket: false);
    private bool isReset;
    private bool isCut;

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

            // Who stalls does not even answer a caller's goodbye.
            if (!isReset && !record.Exit.IsCompleted)
            {
                await EndAsync();
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

    public async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        await Task.Delay(time, TimeProvider.System, cancellationToken);
        record.Lateness += TimeProvider.System.GetElapsedTime(began) - time;
    }

    public void Reset()
    {
        isReset = true;
        socket.Close(timeout: 0);
    }

    /// <summary>Will end by FIN alone, without the word that TLS has for the end of what is said.</summary>
    public void Cut() => isCut = true;

    /// <summary>Reads a TLS client's first record and keeps it.</summary>
    public async Task ReadClientHelloAsync(CancellationToken cancellationToken)
    {
        var head = await ReadAsync(ClientHello.RecordHeadLength, cancellationToken);
        var rest = await ReadAsync(ClientHello.LengthOfRecord(head), cancellationToken);
        record.ClientHello = (byte[])[.. head, .. rest];
    }

    /// <summary>Reads an HTTP/2 client's first request to its end, and confirms its settings.</summary>
    public async Task ReadHttp2RequestAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(Http2.Preface.Length, cancellationToken);
        while (true)
        {
            var head = await ReadAsync(Http2.FrameHeadLength, cancellationToken);
            await ReadAsync(Http2.LengthOfFrame(head), cancellationToken);
            if (Http2.IsEndOfRequest(head))
            {
                await SendAsync(Http2.SettingsSeen, cancellationToken);
                return;
            }
        }
    }

    public async Task WaitForCallerToLeaveAsync(CancellationToken cancellationToken)
    {
        var ignored = new byte[4096];
        while (await stream.ReadAsync(ignored, cancellationToken) > 0)
        {
            record.SaysMore();
        }

        // In TLS a caller says goodbye before it goes, and may still listen for ours.
        while (tls is not null && await socket.ReceiveAsync(ignored, cancellationToken) > 0)
        {
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
        if (tls is null)
        {
            return;
        }

        var secured = new SslStream(stream);
        stream = secured;
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            await secured.AuthenticateAsServerAsync(tls, cancellationToken);
            record.Lateness += TimeProvider.System.GetElapsedTime(began);
        }
        catch (AuthenticationException refused)
        {
            throw new IOException(refused.Message, refused);
        }
    }

    private async Task EndAsync()
    {
        if (stream is SslStream secured && !isCut)
        {
            await secured.ShutdownAsync();
        }

        socket.Shutdown(SocketShutdown.Send);
    }

    private async Task<byte[]> ReadAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private async Task<string> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var head = "";
        var piece = new byte[4096];
        while (head.Length < HeadLimit && !head.Contains("\r\n\r\n", StringComparison.Ordinal) && !head.StartsWith('\u0016'))
        {
            var count = await stream.ReadAsync(piece, cancellationToken);
            if (count == 0)
            {
                record.Leaves(CallerExit.Closed);
                throw new IOException("The caller left before its request was whole.");
            }

            head += Encoding.Latin1.GetString(piece, 0, count);
        }

        return head;
    }
}
