using System.Buffers.Binary;
using System.Text;

namespace ProbeAgent.BlackBoxTests.Tls;

/// <summary>One question over HTTP/2 as the app got it, and the app's hand on its stream.</summary>
public sealed class Http2Call(Stream connection, int stream, byte[] headerBlock, byte[] body)
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;

    /// <summary>The request's headers as they came, in HPACK: good enough to look for a text that must not be there.</summary>
    public ReadOnlyMemory<byte> HeaderBlock => headerBlock;

    /// <summary>The request's body.</summary>
    public ReadOnlyMemory<byte> Body => body;

    /// <summary>The service that a question of the health protocol names: field 1, a string, after five bytes of framing.</summary>
    public string Service => body.Length <= 5 ? "" : Encoding.UTF8.GetString(body.AsSpan(7, body[6]));

    /// <summary>Sends a block of headers: the answer's, or its trailers.</summary>
    public Task SendHeadersAsync(bool isLast, params (string Name, string Value)[] headers) =>
        SendFrameAsync(Headers, (byte)(EndHeaders | (isLast ? EndStream : 0)), stream, Hpack(headers));

    /// <summary>Sends a piece of the body.</summary>
    public Task SendDataAsync(bool isLast, params byte[] data) => SendFrameAsync(Data, isLast ? EndStream : (byte)0, stream, data);

    /// <summary>Sends RST_STREAM.</summary>
    public Task ResetAsync(int errorCode)
    {
        var code = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(code, errorCode);
        return SendFrameAsync(Reset, 0, stream, code);
    }

    /// <summary>Sends a frame.</summary>
    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        frame[0] = (byte)(payload.Length >> 16);
        frame[1] = (byte)(payload.Length >> 8);
        frame[2] = (byte)payload.Length;
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    private async Task SendFrameAsync(byte type, byte flags, int onStream, byte[] payload) =>
        await connection.WriteAsync(Frame(type, flags, onStream, payload));

    /// <summary>Every header as a literal that is not indexed, its name spelled out: no compression at all.</summary>
    private static byte[] Hpack((string Name, string Value)[] headers)
    {
        using var block = new MemoryStream();
        foreach (var (name, value) in headers)
        {
            block.WriteByte(0);
            Write(name);
            Write(value);
        }

        return block.ToArray();

        void Write(string text)
        {
            var bytes = Encoding.Latin1.GetBytes(text);
            block.WriteByte(checked((byte)(bytes.Length < 127 ? bytes.Length : throw new ArgumentException($"'{text}' is too long."))));
            block.Write(bytes);
        }
    }
}
