using System.Buffers.Binary;
using System.Text;

namespace ProbeAgent.Lab.Hostile;

/// <summary>What a TLS client says first, as far as it tells who is asked for what (RFC 8446, section 4.1.2).</summary>
public sealed class ClientHello
{
    internal const int RecordHeadLength = 5;

    // Type and length of the handshake message, the version and the random bytes.
    private const int BeforeSession = 4 + 2 + 32;
    private const int ServerNameExtension = 0;
    private const int AlpnExtension = 16;

    private readonly Dictionary<int, byte[]> extensions = [];

    /// <summary>Reads it from the record that holds the whole of it.</summary>
    public ClientHello(ReadOnlySpan<byte> record)
    {
        var rest = record[(RecordHeadLength + BeforeSession)..];
        SkipList(ref rest, lengthBytes: 1); // the session
        SkipList(ref rest, lengthBytes: 2); // the cipher suites
        SkipList(ref rest, lengthBytes: 1); // the compressions
        rest = rest[2..];
        while (rest.Length > 0)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(rest);
            rest = rest[2..];
            extensions[type] = SkipList(ref rest, lengthBytes: 2).ToArray();
        }
    }

    /// <summary>The name of the server that is asked for, or <c>-</c>.</summary>
    public string ServerName =>
        // A list with one entry: its length, the type of the name, the name's length, the name.
        extensions.TryGetValue(ServerNameExtension, out var names) ? Encoding.Latin1.GetString(names.AsSpan(5)) : "-";

    /// <summary>The protocols that may be spoken inside, in the client's order.</summary>
    public IReadOnlyList<string> Protocols
    {
        get
        {
            var protocols = new List<string>();
            if (extensions.TryGetValue(AlpnExtension, out var list))
            {
                ReadOnlySpan<byte> rest = list.AsSpan(2);
                while (rest.Length > 0)
                {
                    protocols.Add(Encoding.Latin1.GetString(SkipList(ref rest, lengthBytes: 1)));
                }
            }

            return protocols;
        }
    }

    internal static int LengthOfRecord(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadUInt16BigEndian(head[3..]);

    private static ReadOnlySpan<byte> SkipList(ref ReadOnlySpan<byte> rest, int lengthBytes)
    {
        var length = lengthBytes == 1 ? rest[0] : BinaryPrimitives.ReadUInt16BigEndian(rest);
        var list = rest.Slice(lengthBytes, length);
        rest = rest[(lengthBytes + length)..];
        return list;
    }
}
