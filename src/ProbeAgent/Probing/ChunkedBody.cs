using System.Globalization;

namespace ProbeAgent.Probing;

/// <summary>A chunked body (RFC 9112, 7.1), by the rules of the kubelet's client (Go <c>net/http/internal/chunked.go</c>).</summary>
internal sealed class ChunkedBody(AnswerInput input)
{
    private const int MaxLine = 4 * 1024;
    private const int MaxDigits = 16;

    // What is no data, beyond what each chunk needs and as much as it carries.
    private const int MaxExcess = 16 * 1024;
    private const int FreeForEach = 16;

    private bool isInChunk;
    private ulong left;
    private long excess;
    private bool isOver;

    /// <summary>Some of it; 0 at its end. Throws <see cref="HttpIOException"/> where it breaks the rules, or ends too early.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (!isOver && left == 0)
        {
            if (isInChunk && !(await input.ReadLineAsync(MaxLine, cancellationToken)).Span.SequenceEqual("\r\n"u8))
            {
                throw Malformed();
            }

            await BeginChunkAsync(cancellationToken);
        }

        if (isOver)
        {
            return 0;
        }

        var count = await input.ReadAsync(destination[..(int)Math.Min((ulong)destination.Length, left)], cancellationToken);
        left -= (ulong)count;
        return count > 0 ? count : throw new HttpIOException(HttpRequestError.ResponseEnded);
    }

    private async ValueTask BeginChunkAsync(CancellationToken cancellationToken)
    {
        var line = await input.ReadLineAsync(MaxLine, cancellationToken);
        left = SizeOf(line.Span);
        isInChunk = left > 0;
        excess = Math.Max(0, excess + line.Length - FreeForEach - (2 * (long)Math.Min(left, int.MaxValue)));
        if (excess > MaxExcess)
        {
            throw Malformed();
        }

        if (left == 0)
        {
            await SkipTrailersAsync(cancellationToken);
            isOver = true;
        }
    }

    private async ValueTask SkipTrailersAsync(CancellationToken cancellationToken)
    {
        var trailers = new AnswerHead();
        for (var most = MaxLine; ;)
        {
            var line = await input.ReadLineAsync(most, cancellationToken);
            most -= line.Length;
            if (!line.Span.EndsWith("\r\n"u8) || line.Span[..^2].ContainsAnyInRange((byte)'\n', (byte)'\r') || line.Span.Contains((byte)0))
            {
                throw Malformed();
            }

            if (trailers.IsEndedBy(line.Span))
            {
                return;
            }
        }
    }

    private static ulong SizeOf(ReadOnlySpan<byte> line)
    {
        if (!line.EndsWith("\r\n"u8) || line.IndexOf((byte)'\r') != line.Length - 2)
        {
            throw Malformed();
        }

        line = line[..^2].TrimEnd(" \t"u8);
        var extension = line.IndexOf((byte)';');
        var digits = extension < 0 ? line : line[..extension];
        return digits.Length <= MaxDigits && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw Malformed();
    }

    private static HttpIOException Malformed() => new(HttpRequestError.InvalidResponse);
}
