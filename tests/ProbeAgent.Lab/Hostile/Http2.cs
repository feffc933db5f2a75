using System.Buffers.Binary;
using System.Text;

namespace ProbeAgent.Lab.Hostile;

/// <summary>
/// Frames of an HTTP/2 server (RFC 9113), right or wrong as the caller wants them. Unless it says otherwise a frame belongs
/// to stream 1, that of a client's first request.
/// </summary>
public static class Http2
{
    /// <summary>Flag of DATA and HEADERS: nothing follows on the stream.</summary>
    public const byte EndStream = 0x1;

    /// <summary>Flag of HEADERS and CONTINUATION: no more fields follow.</summary>
    public const byte EndHeaders = 0x4;

    internal const int FrameHeadLength = 9;

    private const byte DataType = 0;
    private const byte HeadersType = 1;
    private const byte ResetType = 3;
    private const byte SettingsType = 4;
    private const byte PingType = 6;
    private const byte GoAwayType = 7;

    /// <summary>What every client says first.</summary>
    public static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>A server's first frame, without a setting.</summary>
    public static ReadOnlyMemory<byte> Settings { get; } = Frame(SettingsType, 0, stream: 0);

    /// <summary>That the client's settings have come.</summary>
    public static ReadOnlyMemory<byte> SettingsSeen { get; } = Frame(SettingsType, 1, stream: 0);

    /// <summary>A ping of the server.</summary>
    public static ReadOnlyMemory<byte> Ping { get; } = Frame(PingType, 0, stream: 0, new byte[8]);

    /// <summary>A server that has sent its settings and read the client's first request.</summary>
    public static Answer Asked { get; } = Answer.Unasked.Then(Settings).ThenReadHttp2Request();

    /// <summary>A frame.</summary>
    public static byte[] Frame(byte type, byte flags, int stream, params ReadOnlySpan<byte> payload)
    {
        var frame = new byte[FrameHeadLength + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(FrameHeadLength));
        return frame;
    }

    /// <summary>HEADERS, each field as <c>name: value</c>, after which more follows.</summary>
    public static byte[] Headers(params string[] fields) => Frame(HeadersType, EndHeaders, stream: 1, Block(fields));

    /// <summary>HEADERS that end the stream: trailers, or an answer without a body.</summary>
    public static byte[] LastHeaders(params string[] fields) =>
        Frame(HeadersType, EndHeaders | EndStream, stream: 1, Block(fields));

    /// <summary>DATA, after which more follows.</summary>
    public static byte[] Data(params ReadOnlySpan<byte> bytes) => Frame(DataType, 0, stream: 1, bytes);

    /// <summary>DATA that ends the stream.</summary>
    public static byte[] LastData(params ReadOnlySpan<byte> bytes) => Frame(DataType, EndStream, stream: 1, bytes);

    /// <summary>The end of the stream, with an error code (RFC 9113, section 7).</summary>
    public static byte[] Reset(byte code) => Frame(ResetType, 0, stream: 1, 0, 0, 0, code);

    /// <summary>The end of the connection: the last stream that was looked at, and an error code.</summary>
    public static byte[] GoAway(byte lastStream, byte code) =>
        Frame(GoAwayType, 0, stream: 0, 0, 0, 0, lastStream, 0, 0, 0, code);

    /// <summary>Fields as HPACK literals that no table remembers, without Huffman coding (RFC 7541, section 6.2.2).</summary>
    public static byte[] Block(params IEnumerable<string> fields)
    {
        var block = new List<byte>();
        foreach (var field in fields)
        {
            // The name of a pseudo-header begins with a colon.
            var end = field.IndexOf(": ", 1, StringComparison.Ordinal);
            block.Add(0);
            AddText(block, field[..end]);
            AddText(block, field[(end + 2)..]);
        }

        return [.. block];
    }

    internal static int LengthOfFrame(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadInt32BigEndian(head) >>> 8;

    internal static bool IsEndOfRequest(ReadOnlySpan<byte> head) =>
        head[3] is DataType or HeadersType && (head[4] & EndStream) != 0;

    // A length of seven bits, and where those are all set the rest of it in groups of seven (RFC 7541, section 5.1).
    private static void AddText(List<byte> block, string text)
    {
        const int SevenBits = 0x7f;
        var length = text.Length;
        if (length < SevenBits)
        {
            block.Add((byte)length);
        }
        else
        {
            block.Add(SevenBits);
            for (length -= SevenBits; length > SevenBits; length >>= 7)
            {
                block.Add((byte)(length | 0x80));
            }

            block.Add((byte)length);
        }

        block.AddRange(Encoding.Latin1.GetBytes(text));
    }
}
