using System.Runtime.CompilerServices;

namespace ProbeAgent.Probing;

/// <summary>What comes over a connection, by lines and by bytes.</summary>
internal sealed class AnswerInput(Stream connection)
{
    private byte[] buffer = new byte[1024];
    private int start;
    private int end;

    /// <summary>
    /// The next line with the LF at its end; good until the next call. Throws <see cref="HttpIOException"/> where the connection
    /// ends before, or the line has more than <paramref name="most"/> bytes.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadOnlyMemory<byte>> ReadLineAsync(int most, CancellationToken cancellationToken)
    {
        for (var looked = 0; ;)
        {
            var feed = buffer.AsSpan(start + looked, end - start - looked).IndexOf((byte)'\n');
            var length = feed >= 0 ? looked + feed + 1 : end - start;
            if (length > most || (feed < 0 && length == most))
            {
                throw new HttpIOException(HttpRequestError.ConfigurationLimitExceeded);
            }

            if (feed >= 0)
            {
                start += length;
                return buffer.AsMemory(start - length, length);
            }

            looked = length;
            await FillAsync(cancellationToken);
        }
    }

    /// <summary>At least one of the next bytes; 0 at the end.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (start == end || destination.IsEmpty)
        {
            return connection.ReadAsync(destination, cancellationToken);
        }

        var count = Math.Min(destination.Length, end - start);
        buffer.AsSpan(start, count).CopyTo(destination.Span);
        start += count;
        return ValueTask.FromResult(count);
    }

    // More of the connection, behind what is there.
    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var count = await connection.ReadAsync(buffer.AsMemory(end), cancellationToken);
        if (count == 0)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded);
        }

        end += count;
    }
}
