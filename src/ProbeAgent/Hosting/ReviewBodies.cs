namespace ProbeAgent.Hosting;

/// <summary>
/// Reads the bodies of reviews in bounded memory. Ordinary ones, of some ten kilobytes, are read as they come; the few that are larger take
/// turns, so that they hold up none but each other.
/// </summary>
internal sealed class ReviewBodies(TimeProvider timeProvider) : IDisposable
{
    /// <summary>The longest. The API server takes no object above three megabytes, and a review may hold it twice.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private const int OrdinaryBytes = 64 * 1024;
    private const int LargeAtOnce = 2;

    // The API server gives the whole review two seconds, by what we ship, and thirty at the most.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim large = new(LargeAtOnce);

    /// <summary>
    /// Reads a body and hands it on; a large one keeps its turn meanwhile. False where it is too long.
    /// </summary>
    /// <exception cref="OperationCanceledException">It has not come in time, or its caller is gone.</exception>
    public async Task<bool> TryReadAsync(HttpRequest request, Func<ReadOnlyMemory<byte>, Task> take)
    {
        if (request.ContentLength > MaxBytes)
        {
            return false;
        }

        using var deadline = new CancellationTokenSource(Patience, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, request.HttpContext.RequestAborted);
        var buffer = new byte[Math.Min((int?)request.ContentLength + 1 ?? OrdinaryBytes, OrdinaryBytes)];
        var count = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, either.Token);
        if (count < buffer.Length)
        {
            await take(buffer.AsMemory(0, count));
            return true;
        }

        await large.WaitAsync(either.Token);
        try
        {
            return await TryReadLargeAsync(request, buffer, take, either.Token);
        }
        finally
        {
            large.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => large.Dispose();

    private static async Task<bool> TryReadLargeAsync(
        HttpRequest request, byte[] beginning, Func<ReadOnlyMemory<byte>, Task> take, CancellationToken cancellationToken)
    {
        var buffer = beginning;
        var count = buffer.Length;
        while (count == buffer.Length)
        {
            if (count > MaxBytes)
            {
                return false;
            }

            // One byte more than is said: that there is none is the end.
            Array.Resize(ref buffer, (int)(request.ContentLength + 1 ?? Math.Min(2 * buffer.Length, MaxBytes + 1)));
            count += await request.Body.ReadAtLeastAsync(
                buffer.AsMemory(count), buffer.Length - count, throwOnEndOfStream: false, cancellationToken);
        }

        await take(buffer.AsMemory(0, count));
        return true;
    }
}
