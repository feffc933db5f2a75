using System.Text;

namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>
/// Every probe is answered in time, in the form of the contract, with what its question said: one that is on its way when the probe is
/// read, or has ended shortly before, as the sharing of questions has it. What a question says, <see cref="QuestionRule"/> holds against the app.
/// </summary>
internal static class AnswerRule
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    public static IEnumerable<string> Complaints(Seen seen) => seen.Answers.SelectMany(answer => Complaints(answer, seen));

    private static List<string> Complaints(SeenAnswer answer, Seen seen)
    {
        var (probe, scenario) = (answer.Probe, seen.Scenario);
        if (answer.At is not { } at)
        {
            return probe.HangsUpAt is null ? [$"{probe}: was never answered"] : [];
        }

        var longest = probe.Asked(scenario).Select(check => check.Budget).DefaultIfEmpty(TimeSpan.Zero).Max();
        var expected = Expected(answer, seen, out var complaints);
        if (at - answer.Read - scenario.Stalled(answer.Read, at) > longest + Grace)
        {
            complaints.Add($"{probe}: answered after {(at - answer.Read).TotalMilliseconds} ms");
        }

        if (complaints.Count == 0 && (answer.Code, answer.Text) != expected)
        {
            complaints.Add($"{probe}: answered {answer.Code} «{answer.Text}», not {expected.Code} «{expected.Text}»");
        }

        return complaints;
    }

    private static (int Code, string Text) Expected(SeenAnswer answer, Seen seen, out List<string> complaints)
    {
        var (probe, scenario) = (answer.Probe, seen.Scenario);
        complaints = [];
        if (!probe.Named(scenario).Any())
        {
            return (404, "no such check or container\n");
        }

        if (!probe.Asked(scenario).Any())
        {
            return (404, $"no check serves {probe.Word} here\n");
        }

        var text = new StringBuilder();
        int? failed = null;
        foreach (var check in probe.Serving(scenario))
        {
            var verdict = probe.Excluded.Contains(check.Name) ? null : VerdictOf(check, answer, seen, complaints);
            failed ??= verdict?.Reason is null ? null : verdict.Code;
            text.Append((verdict, verdict?.Reason) switch
            {
                (null, _) => $"[+]{check.Name} excluded: ok\n",
                (_, null) => $"[+]{check.Name} ok\n",
                _ => $"[-]{check.Name} failed: {verdict.Reason}\n",
            });
        }

        text.Append(probe.Word).Append(failed is null ? " check passed\n" : " check failed\n");
        return failed is null && !probe.IsVerbose ? (200, "ok") : (failed ?? 200, text.ToString());
    }

    private static Verdict VerdictOf(PlannedCheck check, SeenAnswer answer, Seen seen, List<string> complaints)
    {
        if (IsDraining(answer, seen.Scenario))
        {
            return new Verdict(503, "draining");
        }

        // The latest that had begun when the probe was read: the one that it caused, else one that it shares.
        var question = seen.Questions.LastOrDefault(question => question.Key == answer.Probe.KeyOf(check) && question.Began <= answer.Read);
        if (question is null)
        {
            complaints.Add($"{answer.Probe}: {check.Name} was never asked");
            return new Verdict(200, null);
        }

        if (question.Ended < answer.Read && answer.Read - question.Ended >= question.Age)
        {
            complaints.Add($"{answer.Probe}: served with what was too old: {question}");
        }

        return new Verdict(question.Code, question.Reason);
    }

    public static bool IsDraining(SeenAnswer answer, Scenario scenario) =>
        answer.Probe.Word == "readyz" && scenario.DrainsAt is { } at && scenario.Awake(at) <= answer.Read;
}
