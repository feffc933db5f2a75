using ProbeAgent.Probing;

namespace ProbeAgent.Mesh;

/// <summary>Asks the sidecar whether it is ready. Whoever asks while a question is on its way, or shortly after, shares its answer.</summary>
/// <param name="record">What becomes of the answers.</param>
/// <param name="question">Asks.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class Sidecar(MeshRecord record, ShortQuestion question, TimeProvider timeProvider)
{
    // As with checks: strangers at the open port cannot make the agent hammer the sidecar.
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(0.1);

    private readonly Lock gate = new();
    private PageReader? readyPage;
    private Task? onItsWay;
    private long? finishedAt;

    /// <summary>True once it is known where the sidecar says that it is ready.</summary>
    public bool IsKnown => Volatile.Read(ref readyPage) is not null;

    /// <summary>That is there.</summary>
    public void IsAt(HttpTarget target) =>
        Volatile.Write(ref readyPage, new PageReader(target, new PodConnector(target.Host), timeProvider));

    /// <summary>
    /// Completes when the record knows a fresh answer, within a quarter of a second; at once where it is not known whom to ask. Never throws.
    /// </summary>
    public Task AskAsync()
    {
        lock (gate)
        {
            if (readyPage is null || (finishedAt is { } at && timeProvider.GetElapsedTime(at) < MaxAge))
            {
                return Task.CompletedTask;
            }

            // Not on the caller's thread: the lock must not be held while the sidecar is dialled.
            return onItsWay ??= Task.Run(() => AskOnceAsync(readyPage));
        }
    }

    private async Task AskOnceAsync(PageReader page)
    {
        try
        {
            if (await question.AskAsync(page) is { } answer)
            {
                record.Answered(answer);
            }
        }
        catch (OperationCanceledException)
        {
            // The agent ends.
        }
        catch (Exception exception)
        {
            record.Bug(exception);
        }
        finally
        {
            lock (gate)
            {
                (onItsWay, finishedAt) = (null, timeProvider.GetTimestamp());
            }
        }
    }
}
