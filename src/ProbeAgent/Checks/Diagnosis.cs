using ProbeAgent.Probing;

namespace ProbeAgent.Checks;

/// <summary>
/// What is said of a check that is down. The line of its change waits for a second look, which is taken off the probe's path, once a
/// minute at most, and ends with the agent; it never waits past another line of the check.
/// </summary>
internal sealed class Diagnosis
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly SecondLook look;
    private readonly Action<Exception> tellBug;
    private readonly TimeProvider timeProvider;
    private readonly CancellationToken ending;
    private readonly Lock gate = new();
    private Finding? latest;
    private long? lookedAt;
    private bool isLooking;

    /// <summary>Nothing is down yet.</summary>
    /// <param name="look">How it looks.</param>
    /// <param name="tellBug">Hears of what should never be thrown.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="ending">Ends all looks: from then on every line is written at once.</param>
    public Diagnosis(SecondLook look, Action<Exception> tellBug, TimeProvider timeProvider, CancellationToken ending)
    {
        (this.look, this.tellBug, this.timeProvider, this.ending) = (look, tellBug, timeProvider, ending);
        ending.Register(Settle);
    }

    /// <summary>The check has gone down. Returns at once.</summary>
    /// <param name="failed">The failure.</param>
    /// <param name="tell">Writes the line of the change; called once, with the whole sentence.</param>
    public void Down(AttemptResult failed, Action<string> tell)
    {
        lock (gate)
        {
            latest = new Finding(failed, tell);
            if (!TryLook(latest))
            {
                Close(latest, hint: null);
            }
        }
    }

    /// <summary>
    /// The check has failed again. What listens is looked at again, the rest where the failure has become another one, or was never
    /// looked at.
    /// </summary>
    /// <param name="failed">The failure.</param>
    /// <param name="tell">Writes a line where something else is known than before; called at most once.</param>
    public void StillDown(AttemptResult failed, Action<string> tell)
    {
        lock (gate)
        {
            if (latest is not { IsOver: true } before || before.Settles(failed))
            {
                return;
            }

            var next = new Finding(failed, tell) { Before = before };
            if (TryLook(next))
            {
                latest = next;
            }
        }
    }

    /// <summary>The check is up: what is still to be told of its being down is told now.</summary>
    public void Up()
    {
        lock (gate)
        {
            Settle();
            latest = null;
        }
    }

    /// <summary>The sentence of a failure with what is known beyond it.</summary>
    public string Sentence(AttemptResult failed)
    {
        lock (gate)
        {
            return latest switch
            {
                { } known when !known.IsOf(failed) => failed.Message,
                { IsOver: false } => With(failed, "looking once more"),
                { Hint: { } hint } => With(failed, hint),
                _ => failed.Message,
            };
        }
    }

    private static string With(AttemptResult failed, string? hint) => hint is null ? failed.Message : $"{failed.Message}; {hint}";

    private bool TryLook(Finding finding)
    {
        if (isLooking || ending.IsCancellationRequested || (lookedAt is { } last && timeProvider.GetElapsedTime(last) < Pause))
        {
            return false;
        }

        (isLooking, lookedAt, finding.IsLookedAt) = (true, timeProvider.GetTimestamp(), true);
        _ = Task.Run(() => LookAsync(finding), CancellationToken.None);
        return true;
    }

    private async Task LookAsync(Finding finding)
    {
        string? hint = null;
        try
        {
            hint = await look.HintAsync(finding.Failed, ending);
        }
        catch (OperationCanceledException)
        {
            // The agent ends.
        }
        catch (Exception exception)
        {
            tellBug(exception);
        }
        finally
        {
            lock (gate)
            {
                isLooking = false;
                if (finding == latest && !finding.IsOver)
                {
                    Close(finding, hint);
                }
            }
        }
    }

    // Under the gate: the lines of a check keep their order.
    private static void Close(Finding finding, string? hint)
    {
        var before = finding.Before;
        (finding.IsOver, finding.Hint, finding.Before) = (true, hint, null);
        if (before is null || !before.IsOf(finding.Failed) || before.Hint != hint)
        {
            finding.Tell(With(finding.Failed, hint));
        }
    }

    private void Settle()
    {
        lock (gate)
        {
            if (latest is { IsOver: false, Before: null } waiting)
            {
                Close(waiting, hint: null);
            }
        }
    }

    // A failure, and what is known of it.
    private sealed class Finding(AttemptResult failed, Action<string> tell)
    {
        public AttemptResult Failed => failed;

        // What was known while the check was down already; null where it has gone down with this failure.
        public Finding? Before { get; set; }

        public bool IsLookedAt { get; set; }

        public bool IsOver { get; set; }

        public string? Hint { get; set; }

        public Action<string> Tell => tell;

        public bool IsOf(AttemptResult result) => (failed.Reason, failed.StatusCode) == (result.Reason, result.StatusCode);

        // Whatever listens may change at any time, and is seen without a question.
        public bool Settles(AttemptResult result) => IsLookedAt && IsOf(result) && result.Reason is not Reason.ConnectionRefused;
    }
}
