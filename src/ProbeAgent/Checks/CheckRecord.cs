using ProbeAgent.Configuration;
using ProbeAgent.Probing;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Checks;

/// <summary>What a check's answers leave behind: its state, its series, and one log line for each change.</summary>
internal sealed partial class CheckRecord(string name, CheckMetrics metrics, TimeProvider timeProvider, ILogger<CheckRecord> logger)
{
    private static readonly TimeSpan LateQuiet = TimeSpan.FromMinutes(1);

    // For as long somebody who looks should know of it.
    private static readonly TimeSpan LateShown = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly CheckHistory history = new();
    private long? lastLateLine;
    private CheckState state = CheckState.Unknown;
    private LateAnswers? late;

    /// <summary>What is said of it while it is down; null where nobody looks a second time.</summary>
    public Diagnosis? Diagnosis { get; set; }

    /// <summary>An attempt has ended. What the agent's own end cut off is forgotten.</summary>
    public void Remember(AttemptResult result)
    {
        if (result.Reason is Reason.Draining)
        {
            return;
        }

        Log.Attempt(logger, name, result.Message);
        metrics.Attempt(new AttemptSample(
            result.Outcome switch { Outcome.Success => "success", Outcome.Warning => "warning", _ => "failure" },
            result.Reason is { } reason ? ReasonWord.Of(reason) : null,
            result.Phases.Total,
            result.Phases.Reached(),
            timeProvider.GetUtcNow()));

        if (result.Reason is Reason.AgentLate)
        {
            ReportLate(result);
        }

        // Two pod addresses are two questions: their results come side by side, the changes one after the other.
        lock (gate)
        {
            var before = state;
            state = before.After(result, timeProvider);
            history.Add(before, state, timeProvider);
            Report(before, state, result);
        }
    }

    /// <summary>A probe was answered without a question of its own.</summary>
    public void SharedAnswer() => metrics.SharedAnswer();

    /// <summary>Something was thrown that never should be.</summary>
    public void Bug(Exception exception) => Log.Bug(logger, exception, name);

    /// <summary>What is known now.</summary>
    public CheckSnapshot Snapshot(CheckConfiguration configuration)
    {
        CheckState now;
        IReadOnlyList<Transition> transitions;
        IReadOnlyList<AttemptMark> attempts;
        LateAnswers? latest;
        lock (gate)
        {
            (now, transitions, attempts) = (state, history.Transitions, history.Attempts);
            latest = late;
        }

        var asked = now.Last is not null;
        return new CheckSnapshot
        {
            Name = name,
            Target = configuration.Action.ToString()!,
            Timeout = configuration.Timeout,
            Budget = Budget.Within(configuration.Timeout),
            Late = latest is { } && timeProvider.GetElapsedTime(latest.Timestamp) < LateShown ? latest : null,
            IsUp = now.IsUp,
            IsWarning = now.Last?.Outcome == Outcome.Warning,
            Since = asked ? now.Since : null,
            For = asked ? timeProvider.GetElapsedTime(now.SinceTimestamp) : TimeSpan.Zero,
            LastAt = asked ? now.LastAt : null,
            LastSuccessAt = now.LastSuccessAt,
            Reason = now.Last?.Reason is { } reason ? ReasonWord.Of(reason) : null,
            StatusCode = now.Last?.StatusCode,
            Sentence = now.Last switch
            {
                null => "not asked yet",
                { Succeeded: false } failed when Diagnosis is { } diagnosis => diagnosis.Sentence(failed),
                var last => last.Message,
            },
            FailuresInARow = now.FailuresInARow,
            Phases = now.Last?.Phases,
            Transitions = transitions,
            Attempts = attempts,
        };
    }

    private void ReportLate(AttemptResult result)
    {
        lock (gate)
        {
            late = new LateAnswers((late?.Count ?? 0) + 1, timeProvider.GetUtcNow(), result.Message, timeProvider.GetTimestamp());
            if (lastLateLine is { } last && timeProvider.GetElapsedTime(last) < LateQuiet)
            {
                return;
            }

            lastLateLine = timeProvider.GetTimestamp();
        }

        Log.Late(logger, name, result.Message);
    }

    private void Report(CheckState before, CheckState after, AttemptResult result)
    {
        if (before.IsUp == after.IsUp)
        {
            if (result.Outcome == Outcome.Warning && before.Last?.Outcome == Outcome.Success)
            {
                Log.Warned(logger, name, result.Message);
            }

            if (result.Reason is { } still and not Reason.AgentLate)
            {
                Diagnosis?.StillDown(result, message => Log.StillDown(logger, name, ReasonWord.Of(still), message));
            }

            return;
        }

        if (before.IsUp is not null)
        {
            metrics.Transition(result.Succeeded);
        }

        if (result.Reason is { } reason)
        {
            ReportDown(reason, result);
            return;
        }

        Diagnosis?.Up();
        if (before.IsUp is null)
        {
            Log.FirstUp(logger, name, result.Message);
        }
        else
        {
            var down = DurationText.Of(timeProvider.GetElapsedTime(before.SinceTimestamp, after.SinceTimestamp));
            Log.Up(logger, name, down, before.FailuresInARow, result.Message);
        }
    }

    private void ReportDown(Reason reason, AttemptResult result)
    {
        if (Diagnosis is null)
        {
            Tell(result.Message);
            return;
        }

        Diagnosis.Down(result, Tell);

        void Tell(string message) => Log.Down(logger, name, ReasonWord.Of(reason), message);
    }

    private static partial class Log
    {
        [LoggerMessage(1000, LogLevel.Warning, "Check \"{Check}\" is down ({Reason}): {Message}")]
        public static partial void Down(ILogger logger, string check, string reason, string message);

        [LoggerMessage(1001, LogLevel.Information, "Check \"{Check}\" is up again after {Down} down, {Failures} failed attempts: {Message}")]
        public static partial void Up(ILogger logger, string check, string down, int failures, string message);

        [LoggerMessage(1002, LogLevel.Information, "Check \"{Check}\" is up: {Message}")]
        public static partial void FirstUp(ILogger logger, string check, string message);

        [LoggerMessage(1003, LogLevel.Information, "Check \"{Check}\" is up, with something to look at: {Message}")]
        public static partial void Warned(ILogger logger, string check, string message);

        [LoggerMessage(1004, LogLevel.Error, "Check \"{Check}\": a bug of the agent, not of the app; please report it")]
        public static partial void Bug(ILogger logger, Exception exception, string check);

        [LoggerMessage(1005, LogLevel.Debug, "Check \"{Check}\": {Message}")]
        public static partial void Attempt(ILogger logger, string check, string message);

        [LoggerMessage(1006, LogLevel.Warning, "Check \"{Check}\" was answered 503 (agent_late), told once a minute: {Message}")]
        public static partial void Late(ILogger logger, string check, string message);

        [LoggerMessage(1007, LogLevel.Warning, "Check \"{Check}\" is still down ({Reason}), and more is known: {Message}")]
        public static partial void StillDown(ILogger logger, string check, string reason, string message);
    }
}
