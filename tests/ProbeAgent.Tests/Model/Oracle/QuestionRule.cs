namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>A question ends as the app made it end, in its budget, asked again only where that is harmless.</summary>
internal static class QuestionRule
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    public static IEnumerable<string> Complaints(Seen seen) => seen.Questions
        .SelectMany(question => Outcome(question, seen.Scenario).Concat(Time(question, seen.Scenario)).Concat(Attempts(question, seen.Scenario)));

    private static IEnumerable<string> Outcome(SeenQuestion question, Scenario scenario)
    {
        var last = question.Attempts[^1];
        var told = new Verdict(question.Code, question.Reason);
        var expected = last.WasCutOff ? Verdict.OfCutOff(last.Phase) : Verdict.Of(last.Phase);
        // No answer has come of an attempt that was cut off, nor of one that the app has reset: a caller without CPU says nothing for long.
        var mayBeLate = (last.WasCutOff || expected.Reason == "connection_reset")
            && scenario.Stalled(question.Began, question.Ended!.Value) > TimeSpan.Zero;
        Verdict[] allowed = (last.WasCutOff && WasLate(question, scenario), mayBeLate) switch
        {
            (true, _) => [Verdict.Late],
            (_, true) => [expected, Verdict.Late],
            _ => [expected],
        };
        if (!allowed.Contains(told))
        {
            yield return $"{question}: told {told}, not {string.Join(" or ", allowed.AsEnumerable())}";
        }
    }

    // The moment of the deadline lies in a time without CPU which went on for more than 50 ms.
    private static bool WasLate(SeenQuestion question, Scenario scenario)
    {
        var due = question.Began + question.Check.Budget;
        return scenario.Awake(due) - due > Tolerance;
    }

    private static IEnumerable<string> Time(SeenQuestion question, Scenario scenario)
    {
        var most = question.Check.Budget + (question.Reason == "agent_late" || WasLate(question, scenario) ? Tolerance : TimeSpan.Zero);
        if (question.Ended is not { } ended)
        {
            yield return $"{question}: never ended";
        }
        else if (ended - question.Began - scenario.Stalled(question.Began, ended) > most)
        {
            yield return $"{question}: took longer than its budget of {question.Check.Budget.TotalMilliseconds} ms";
        }
    }

    private static IEnumerable<string> Attempts(SeenQuestion question, Scenario scenario)
    {
        var attempts = question.Attempts;
        if (attempts.Count > 3)
        {
            yield return $"{question}: asked more than three times";
        }

        foreach (var (before, after) in attempts.Zip(attempts.Skip(1)))
        {
            if (!MayBeAskedAgain(before))
            {
                yield return $"{question}: asked again after {before}";
            }

            if (before.Ended - question.Began - scenario.Stalled(question.Began, before.Ended) >= Again
                || after.Began - question.Began - scenario.Stalled(question.Began, after.Began) >= question.Check.Budget)
            {
                yield return $"{question}: asked again too late";
            }
        }

        if (attempts.Count < 3 && MayBeAskedAgain(attempts[^1]) && attempts[^1].Ended - question.Began < Again
            && scenario.Stalled(question.Began, question.Ended!.Value) == TimeSpan.Zero)
        {
            yield return $"{question}: not asked again after {attempts[^1]}";
        }
    }

    private static bool MayBeAskedAgain(SeenAttempt attempt) =>
        !attempt.WasCutOff && attempt.Phase.Behaviour is Behaviour.Refuses or Behaviour.HangsUp;
}
