namespace ProbeAgent.Probing;

/// <summary>A body that has said how long it is.</summary>
internal sealed class KnownBody(AnswerInput input, long length)
{
    private long left = length;

    /// <summary>Some of it; 0 at its end. Throws <see cref="HttpIOException"/> where the connection ends before.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (left == 0)
        {
            return 0;
        }

        var count = await input.ReadAsync(destination[..(int)Math.Min(destination.Length, left)], cancellationToken);
        left -= count;
        return count > 0 ? count : throw new HttpIOException(HttpRequestError.ResponseEnded);
    }
}
