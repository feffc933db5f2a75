using System.Net;
using Polly;
using ProbeAgent.Configuration;
using ProbeAgent.Probing;

namespace ProbeAgent.Checks;

/// <summary>One named thing to ask: its prober, its budget, its sharing.</summary>
internal sealed class Check
{
    private static readonly TimeSpan LongSilence = TimeSpan.FromSeconds(1);

    private readonly CheckConfiguration configuration;
    private readonly IProber prober;
    private readonly PodAddress podAddress;
    private readonly CheckRecord record;
    private readonly TimeProvider timeProvider;
    private readonly CancellationToken agentStopping;
    private readonly SharedQuestion shared;
    private readonly ResiliencePipeline<AttemptResult> pipeline;

    /// <summary>A check that asks with <paramref name="prober"/> until the agent stops.</summary>
    public Check(
        CheckConfiguration configuration,
        IProber prober,
        PodAddress podAddress,
        CheckRecord record,
        TimeProvider timeProvider,
        CancellationToken agentStopping)
    {
        this.configuration = configuration;
        this.prober = prober;
        this.podAddress = podAddress;
        this.record = record;
        this.timeProvider = timeProvider;
        this.agentStopping = agentStopping;
        Budget = Checks.Budget.Within(configuration.Timeout);
        pipeline = AskAgain.Pipeline(timeProvider);
        shared = new SharedQuestion(configuration.MaxAge, AskAppAsync, timeProvider);
    }

    /// <summary>In paths, metrics and logs.</summary>
    public string Name => configuration.Name;

    /// <summary>In how much time every answer is given.</summary>
    public TimeSpan Budget { get; }

    /// <summary>The container it speaks for.</summary>
    public string Container => configuration.Container;

    /// <summary>True where it has a say in that probe.</summary>
    public bool Serves(ProbeKind probe) => configuration.Probes.Contains(probe);

    /// <summary>Answers a caller. Never throws.</summary>
    /// <param name="reachedOn">The address on which the caller reached us; null where there was none.</param>
    /// <param name="callersUserAgent">The caller's <c>User-Agent</c>, as it came.</param>
    public async Task<CheckAnswer> AnswerAsync(IPAddress? reachedOn, string? callersUserAgent) =>
        CheckAnswer.From(Name, await AskAsync(reachedOn, callersUserAgent));

    /// <summary>The app's answer, new or shared, with all that is known of it. Never throws.</summary>
    public async Task<AttemptResult> AskAsync(IPAddress? reachedOn, string? callersUserAgent)
    {
        // Only with `auto` is the pod's address part of the question.
        var pod = configuration.Action.Host.Name is null ? podAddress.SeenBy(reachedOn) : IPAddress.None;
        var (answer, isShared) = shared.Ask(pod, ProbeUserAgent.For(callersUserAgent));
        if (isShared)
        {
            record.SharedAnswer();
        }

        return await answer;
    }

    /// <summary>What is known now.</summary>
    public CheckSnapshot Snapshot() => record.Snapshot(configuration);

    private async Task<AttemptResult> AskAppAsync(IPAddress pod, string userAgent)
    {
        using var deadline = new Deadline(Budget, timeProvider, agentStopping);
        var result = await AttemptsAsync(new Question(pod, userAgent, deadline));
        if (deadline.Fault is { } fault)
        {
            result = Bug(fault);
        }
        else if (IsOurFault(result, deadline))
        {
            result = Starved(deadline) with { Phases = result.Phases };
        }

        record.Remember(result);
        return result;
    }

    private static bool IsOurFault(AttemptResult result, Deadline deadline) => result.Reason switch
    {
        Reason.ConnectTimeout or Reason.ResponseTimeout or Reason.BodyTimeout => deadline.WasLate,

        // An app may well hang up on a caller that says nothing for long.
        Reason.ConnectionReset or Reason.TlsError => deadline.Turns.Sum().Own > LongSilence,
        _ => false,
    };

    private async Task<AttemptResult> AttemptsAsync(Question question)
    {
        AttemptResult? latest = null;
        var attempts = 0;
        try
        {
            return await pipeline.ExecuteAsync(
                async _ =>
                {
                    latest = Counted(await prober.AttemptAsync(question, agentStopping), ++attempts, question.Deadline);
                    question.Deadline.Turns.Pause(AskAgain.PauseAfter(attempts));
                    return latest;
                },
                question.Deadline.Token);
        }
        catch (OperationCanceledException) when (latest is not null)
        {
            // The time was up in the pause before another attempt.
            return latest;
        }
        catch (OperationCanceledException) when (agentStopping.IsCancellationRequested)
        {
            return AttemptResult.Failed(Reason.Draining, "the agent is ending");
        }
        catch (OperationCanceledException)
        {
            // The time was up before anything was asked.
            return Starved(question.Deadline);
        }
        catch (Exception exception)
        {
            return Bug(exception);
        }
    }

    private AttemptResult Starved(Deadline deadline) => AttemptResult.Failed(
        Reason.AgentLate,
        $"{configuration.Action}: the agent got too little CPU in the {DurationText.Of(deadline.Elapsed)} since it was asked, so this "
        + "says nothing of the app: give the agent CPU requests and no CPU limit");

    private AttemptResult Bug(Exception exception)
    {
        record.Bug(exception);
        return AttemptResult.Failed(Reason.InternalError, $"a bug of the agent: {exception.Message}");
    }

    // The time and the sentence are those of the whole question.
    private static AttemptResult Counted(AttemptResult result, int attempts, Deadline deadline) => result with
    {
        Message = attempts == 1 ? result.Message : $"{result.Message} (asked {attempts} times)",
        Phases = result.Phases with { Total = deadline.Elapsed },
        MayAskAgain = result.MayAskAgain && deadline.Elapsed < AskAgain.Window,
    };
}
