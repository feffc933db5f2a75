using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ProbeAgent.BlackBoxTests.Fuzz;

/// <summary>Makes what is nearly right of what is right.</summary>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "It keeps no secret.")]
internal sealed class Mutator(Random chance, IReadOnlyList<byte[]> samples, params string[] words)
{
    private const int MostChanges = 4;

    private readonly byte[][] words = [.. words.Select(Encoding.Latin1.GetBytes)];

    /// <summary>One of the samples, changed in a few places.</summary>
    public byte[] Next()
    {
        var bytes = AnyOf(samples).ToList();
        for (var changes = chance.Next(MostChanges + 1); changes > 0; changes--)
        {
            Change(bytes);
        }

        return [.. bytes];
    }

    /// <summary>The same bytes in up to three pieces.</summary>
    public IEnumerable<byte[]> Pieces(byte[] bytes)
    {
        int[] cuts = [0, chance.Next(bytes.Length + 1), chance.Next(bytes.Length + 1), bytes.Length];
        Array.Sort(cuts);
        return cuts.Zip(cuts.Skip(1), (from, to) => bytes[from..to]).Where(piece => piece.Length > 0);
    }

    private void Change(List<byte> bytes)
    {
        var at = chance.Next(bytes.Count + 1);
        var length = Math.Min(chance.Next(1, 20), bytes.Count - at);
        switch (chance.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << chance.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)chance.Next(256);
                break;
            case 2:
                bytes.Insert(at, (byte)chance.Next(256));
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 5:
                var other = AnyOf(samples);
                bytes.InsertRange(at, other[chance.Next(other.Length + 1)..]);
                break;
            case 6:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                bytes.InsertRange(at, AnyOf(words));
                break;
        }
    }

    private byte[] AnyOf(IReadOnlyList<byte[]> list) => list[chance.Next(list.Count)];
}
