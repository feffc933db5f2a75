using ProbeAgent.Probing;
using ProbeAgent.Tests.Model.Oracle;

namespace ProbeAgent.Tests.Model;

/// <summary>A prober with an app behind it that does what is planned, on the model's clock.</summary>
/// <param name="check">The plan.</param>
/// <param name="clock">The clock.</param>
/// <param name="seen">Where its questions are written down.</param>
/// <param name="changed">Called where it gets a question.</param>
internal sealed class ModelApp(PlannedCheck check, ModelClock clock, Seen seen, Action changed) : IProber
{
    private readonly List<ModelAttempt> pending = [];
    private readonly Dictionary<Deadline, SeenQuestion> questions = [];

    /// <summary>How many attempts it has, of those that would notice the end of their time.</summary>
    public int Holding
    {
        get
        {
            lock (seen)
            {
                return pending.Count(attempt => attempt.IsHeld);
            }
        }
    }

    /// <summary>When it is finished with the next; null where it never will be.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (seen)
            {
                return pending.Min(attempt => attempt.Due);
            }
        }
    }

    public async Task<AttemptResult> AttemptAsync(Question question, CancellationToken agentStopping)
    {
        var attempt = Take(question);
        question.Deadline.Turns.AwaitData(null);
        await using var registration = question.Deadline.Token.Register(() => End(attempt));
        Hold(attempt);
        return await attempt.Result.Task;
    }

    /// <summary>Finishes what is due by now.</summary>
    public void Deliver()
    {
        ModelAttempt[] due;
        lock (seen)
        {
            due = [.. pending.Where(attempt => attempt.Due <= clock.Now)];
        }

        Array.ForEach(due, End);
    }

    private ModelAttempt Take(Question question)
    {
        lock (seen)
        {
            var phase = check.AppAt(clock.Now);
            var attempt = new ModelAttempt(new SeenAttempt(clock.Now, phase), phase.Hangs ? null : clock.Now + phase.Latency);
            pending.Add(attempt);
            if (!questions.TryGetValue(question.Deadline, out var whole))
            {
                questions[question.Deadline] = whole = new SeenQuestion(check, check.IsAuto ? $"{check.Name}@{question.PodAddress}" : check.Name);
                seen.Questions.Add(whole);
            }

            whole.Attempts.Add(attempt.Seen);
            return attempt;
        }
    }

    // Only now: were it counted before its time can end it, the clock could move past its deadline unnoticed.
    private void Hold(ModelAttempt attempt)
    {
        lock (seen)
        {
            attempt.IsHeld = true;
        }

        changed();
    }

    // An answer that is there when the time is up counts: a prober reads what has arrived.
    private void End(ModelAttempt attempt)
    {
        lock (seen)
        {
            if (!pending.Remove(attempt))
            {
                return;
            }

            (attempt.Seen.Ended, attempt.Seen.WasCutOff) = (clock.Now, !(attempt.Due <= clock.Now));
        }

        if (attempt.Seen is { WasCutOff: false, Phase.Behaviour: Behaviour.BreaksTheProber })
        {
            attempt.Result.TrySetException(new InvalidOperationException("a prober that throws"));
            return;
        }

        attempt.Result.TrySetResult(attempt.Seen.WasCutOff ? CutOff(attempt.Seen.Phase) : Finished(attempt.Seen.Phase));
    }

    private static AttemptResult Finished(AppPhase phase) => phase.Behaviour switch
    {
        Behaviour.AnswersWell => new AttemptResult { Outcome = Outcome.Success, Message = "well", StatusCode = 200 },
        Behaviour.PointsElsewhere => new AttemptResult { Outcome = Outcome.Warning, Message = "elsewhere", StatusCode = 302 },
        Behaviour.AnswersBadly => AttemptResult.Failed(Reason.BadStatus, "bad") with { StatusCode = phase.Status },
        Behaviour.Refuses => AttemptResult.Failed(Reason.ConnectionRefused, "refused") with { MayAskAgain = true },
        Behaviour.HangsUp => AttemptResult.Failed(Reason.ConnectionReset, "hung up") with { MayAskAgain = true },
        Behaviour.ResetsLater => AttemptResult.Failed(Reason.ConnectionReset, "reset"),
        Behaviour.SpeaksNoHttp => AttemptResult.Failed(Reason.ProtocolError, "no HTTP"),
        Behaviour.BreaksTls => AttemptResult.Failed(Reason.TlsError, "TLS"),
        Behaviour.RedirectsForEver => AttemptResult.Failed(Reason.TooManyRedirects, "redirects"),
        Behaviour.ServesNot => AttemptResult.Failed(Reason.GrpcNotServing, "NOT_SERVING"),
        Behaviour.KnowsNoService => AttemptResult.Failed(Reason.GrpcUnknownService, "NOT_FOUND"),
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "it never finishes"),
    };

    private static AttemptResult CutOff(AppPhase phase) => AttemptResult.Failed(
        phase.Behaviour switch
        {
            Behaviour.HangsConnecting => Reason.ConnectTimeout,
            Behaviour.HangsInTheBody => Reason.BodyTimeout,
            _ => Reason.ResponseTimeout,
        },
        "nothing came");
}
