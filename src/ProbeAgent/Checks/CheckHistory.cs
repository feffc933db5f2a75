using ProbeAgent.Probing;

namespace ProbeAgent.Checks;

/// <summary>What a check has been: its last changes and its last attempts, both bounded. Pure: it follows from states and the time.</summary>
internal sealed class CheckHistory
{
    /// <summary>How many changes are kept.</summary>
    public const int MaxTransitions = 20;

    /// <summary>How many attempts are kept.</summary>
    public const int MaxAttempts = 120;

    // Most sentences are shorter; an app can make one long, and there are many checks.
    private const int MaxSentence = 500;

    private readonly Queue<Transition> transitions = new();
    private readonly Queue<AttemptMark> attempts = new();

    /// <summary>The last changes, newest first.</summary>
    public IReadOnlyList<Transition> Transitions => [.. transitions.Reverse()];

    /// <summary>The last attempts, oldest first.</summary>
    public IReadOnlyList<AttemptMark> Attempts => [.. attempts];

    /// <summary>A state has followed from another; the agent's own lateness leaves it as it was, and nothing here.</summary>
    public void Add(CheckState before, CheckState after, TimeProvider timeProvider)
    {
        if (after.Last is not { } result || ReferenceEquals(before, after))
        {
            return;
        }

        Enqueue(attempts, new AttemptMark(timeProvider.GetTimestamp(), result.Phases.Total, result.Outcome), MaxAttempts);
        if (before.IsUp != after.IsUp)
        {
            Enqueue(transitions, Between(before, after, result, timeProvider), MaxTransitions);
        }
    }

    private static Transition Between(CheckState before, CheckState after, AttemptResult result, TimeProvider timeProvider) => new(
        after.Since,
        before.IsUp,
        result.Succeeded,
        result.Reason is { } reason ? ReasonWord.Of(reason) : null,
        result.Message.Length <= MaxSentence ? result.Message : result.Message[..MaxSentence] + "…",
        before.IsUp is null ? null : timeProvider.GetElapsedTime(before.SinceTimestamp, after.SinceTimestamp));

    private static void Enqueue<T>(Queue<T> queue, T item, int limit)
    {
        if (queue.Count == limit)
        {
            queue.Dequeue();
        }

        queue.Enqueue(item);
    }
}
