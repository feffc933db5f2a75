using System.Buffers.Binary;
using System.Text;

namespace ProbeAgent.Tests.Probing.Wire;

/// <summary>The server's side of one HTTP/2 connection, frame by frame, so that a test can send what no server would.</summary>
internal sealed class Http2Peer(Stream stream, CancellationToken end)
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte ResetStream = 3;
    public const byte Settings = 4;
    public const byte GoAway = 7;
    public const byte EndStream = 1;
    public const byte EndHeaders = 4;

    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    /// <summary>Reads the preface, sends empty settings, and reads on until a request has come whole.</summary>
    public async Task ReceiveRequestAsync()
    {
        var preface = new byte[Preface.Length];
        await stream.ReadExactlyAsync(preface, end);
        if (!preface.SequenceEqual(Preface))
        {
            throw new IOException("no HTTP/2");
        }

        await SendAsync(Settings, 0, 0, []);
        var head = new byte[9];
        while (true)
        {
            await stream.ReadExactlyAsync(head, end);
            var length = (head[0] << 16) | (head[1] << 8) | head[2];
            await stream.ReadExactlyAsync(new byte[length], end);
            if (head[3] is Data or Headers && (head[4] & EndStream) != 0)
            {
                return;
            }
        }
    }

    /// <summary>Sends one frame.</summary>
    public async Task SendAsync(byte type, byte flags, int streamId, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        (frame[0], frame[1], frame[2]) = ((byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), streamId);
        payload.CopyTo(frame, 9);
        await stream.WriteAsync(frame, end);
    }

    /// <summary>Sends a head, or trailers; a header is <c>name: value</c>.</summary>
    public Task SendHeadersAsync(bool isEnd, params string[] headers) => SendAsync(
        Headers, (byte)(EndHeaders | (isEnd ? EndStream : 0)), 1, [.. headers.SelectMany(Literal)]);

    public Task ResetStreamAsync(int error) => SendAsync(ResetStream, 0, 1, Number(error));

    /// <summary>Says that no stream after <paramref name="lastStream"/> was or will be processed.</summary>
    public Task GoAwayAsync(int lastStream, int error) => SendAsync(GoAway, 0, 0, [.. Number(lastStream), .. Number(error)]);

    /// <summary>Waits until the caller leaves.</summary>
    public Task UntilLeftAsync() => Play.UntilLeftAsync(stream, end);

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    // HPACK: a literal that is not indexed, its name new, nothing compressed (RFC 7541, 6.2.2).
    private static IEnumerable<byte> Literal(string header)
    {
        var colon = header.IndexOf(": ", StringComparison.Ordinal);
        return [0, .. Text(header[..colon]), .. Text(header[(colon + 2)..])];
    }

    private static IEnumerable<byte> Text(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        return bytes.Length < 127
            ? [(byte)bytes.Length, .. bytes]
            : [127, .. Integer(bytes.Length - 127), .. bytes];
    }

    private static IEnumerable<byte> Integer(int rest)
    {
        for (; rest >= 128; rest >>= 7)
        {
            yield return (byte)((rest & 127) | 128);
        }

        yield return (byte)rest;
    }
}
