using System.Buffers.Binary;
using System.Text;

namespace ProbeAgent.Probing;

/// <summary>
/// The two messages of <c>grpc.health.v1.Health/Check</c> as they go over the wire: five bytes of gRPC's framing, then one field of
/// protobuf.
/// </summary>
internal static class HealthMessage
{
    /// <summary>Bytes before a message: one flag, and the length.</summary>
    public const int FrameHead = 5;

    // Protobuf's wire types.
    private const int Varint = 0;
    private const int EightBytes = 1;
    private const int LengthAndBytes = 2;
    private const int FourBytes = 5;

    /// <summary>A framed request; the field of an empty name is left out, as protobuf does.</summary>
    public static byte[] Request(string service)
    {
        var name = Encoding.UTF8.GetBytes(service);
        var message = name.Length == 0 ? [] : (byte[])[(1 << 3) | LengthAndBytes, .. VarintOf(name.Length), .. name];
        var frame = new byte[FrameHead + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, FrameHead);
        return frame;
    }

    /// <summary>The serving status of a response, 0 where it has none; null where it is no message of protobuf.</summary>
    public static int? ServingStatus(ReadOnlySpan<byte> message)
    {
        var status = 0;
        while (!message.IsEmpty)
        {
            if (!TryReadVarint(ref message, out var tag) || tag >> 3 is 0 or > int.MaxValue)
            {
                return null;
            }

            if (tag == ((1 << 3) | Varint))
            {
                if (!TryReadVarint(ref message, out var value))
                {
                    return null;
                }

                status = unchecked((int)value);
            }
            else if (!TrySkip(ref message, (int)(tag & 7)))
            {
                return null;
            }
        }

        return status;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> message, int wireType)
    {
        var length = 0UL;
        switch (wireType)
        {
            case Varint:
                return TryReadVarint(ref message, out _);
            case EightBytes:
                length = 8;
                break;
            case FourBytes:
                length = 4;
                break;
            case LengthAndBytes when TryReadVarint(ref message, out length):
                break;
            default:
                return false;
        }

        if (length > (ulong)message.Length)
        {
            return false;
        }

        message = message[(int)length..];
        return true;
    }

    private static bool TryReadVarint(ref ReadOnlySpan<byte> message, out ulong value)
    {
        value = 0;
        for (var i = 0; i < message.Length && i < 10; i++)
        {
            value |= (ulong)(message[i] & 0x7f) << (7 * i);
            if (message[i] < 0x80)
            {
                message = message[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<byte> VarintOf(int value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}
