namespace ProbeAgent.Mesh;

/// <summary>What is known of the sidecar. Pure: a new state follows from the old one, an answer and the time.</summary>
internal sealed record MeshState
{
    /// <summary>The mesh's word; <c>unknown</c> while it is looked for.</summary>
    public required string Mesh { get; init; }

    /// <summary>Who was asked, and what came back.</summary>
    public required string Sentence { get; init; }

    /// <summary>Since when readiness could wait for the sidecar: the agent's start, or the last moment at which it was ready.</summary>
    public required long WaitsSince { get; init; }

    /// <summary>Whether the sidecar says that it is ready; null until it was asked.</summary>
    public bool? IsReady { get; private init; }

    /// <summary>Wall clock of the first answer of this state, for people; null until there is one.</summary>
    public DateTimeOffset? Since { get; private init; }

    /// <summary>The same moment on the clock that never jumps, for durations.</summary>
    public long SinceTimestamp { get; private init; }

    /// <summary>The state after an answer.</summary>
    public MeshState After(bool isReady, string sentence, TimeProvider timeProvider)
    {
        var now = timeProvider.GetTimestamp();
        var next = this with { IsReady = isReady, Sentence = sentence, WaitsSince = isReady ? now : WaitsSince };
        return IsReady == isReady ? next : next with { Since = timeProvider.GetUtcNow(), SinceTimestamp = now };
    }

    /// <summary>True where readiness has waited for the sidecar as long as it may.</summary>
    public bool IsWaitOver(TimeSpan deadline, TimeProvider timeProvider) => timeProvider.GetElapsedTime(WaitsSince) >= deadline;
}
