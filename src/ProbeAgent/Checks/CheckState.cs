using ProbeAgent.Probing;

namespace ProbeAgent.Checks;

/// <summary>What is known of a check after its last answer. Pure: a new state follows from the old one, a result and the time.</summary>
internal sealed record CheckState
{
    /// <summary>Nothing has been asked yet.</summary>
    public static CheckState Unknown { get; } = new();

    /// <summary>Null until the first answer.</summary>
    public bool? IsUp { get; private init; }

    /// <summary>The last answer that says something of the app; null until there is one.</summary>
    public AttemptResult? Last { get; private init; }

    /// <summary>Wall clock of the last answer.</summary>
    public DateTimeOffset LastAt { get; private init; }

    /// <summary>Wall clock of the last success; null until there is one.</summary>
    public DateTimeOffset? LastSuccessAt { get; private init; }

    /// <summary>Wall clock of the first answer of this state, for people.</summary>
    public DateTimeOffset Since { get; private init; }

    /// <summary>The same moment on the clock that never jumps, for durations.</summary>
    public long SinceTimestamp { get; private init; }

    /// <summary>Failed attempts in a row.</summary>
    public int FailuresInARow { get; private init; }

    /// <summary>The state after a result; the agent's own lateness changes nothing.</summary>
    public CheckState After(AttemptResult result, TimeProvider timeProvider)
    {
        if (result.Reason is Reason.AgentLate)
        {
            return this;
        }

        var now = timeProvider.GetUtcNow();
        var next = this with
        {
            IsUp = result.Succeeded,
            Last = result,
            LastAt = now,
            LastSuccessAt = result.Succeeded ? now : LastSuccessAt,
            FailuresInARow = result.Succeeded ? 0 : FailuresInARow + 1,
        };
        return IsUp == result.Succeeded ? next : next with { Since = now, SinceTimestamp = timeProvider.GetTimestamp() };
    }
}
