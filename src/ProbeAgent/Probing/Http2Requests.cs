namespace ProbeAgent.Probing;

/// <summary>
/// Counts the requests in what goes out over an HTTP/2 connection (RFC 9113, 4.1): where an app refuses a stream, the library
/// would open another one.
/// </summary>
internal sealed class Http2Requests
{
    private const int Preface = 24;
    private const byte DataFrame = 0;
    private const byte HeadersFrame = 1;
    private const byte EndStream = 1;

    private readonly byte[] frameHead = new byte[9];
    private int frameHeadLength;
    private int rest = Preface;
    private int count;

    /// <summary>True once a request is whole: a frame of it had END_STREAM (RFC 9113, 6.1 and 6.2).</summary>
    public bool HasEnded { get; private set; }

    /// <summary>How many requests have begun, those in <paramref name="bytes"/> included.</summary>
    public int CountIn(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var passed = Math.Min(rest, bytes.Length);
            rest -= passed;
            bytes = bytes[passed..];
            if (rest == 0 && !bytes.IsEmpty)
            {
                frameHead[frameHeadLength++] = bytes[0];
                bytes = bytes[1..];
            }

            if (frameHeadLength == frameHead.Length)
            {
                rest = (frameHead[0] << 16) | (frameHead[1] << 8) | frameHead[2];
                count += frameHead[3] == HeadersFrame ? 1 : 0;
                HasEnded |= frameHead[3] is DataFrame or HeadersFrame && (frameHead[4] & EndStream) != 0;
                frameHeadLength = 0;
            }
        }

        return count;
    }
}
