namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>The metrics and the status add up to what was seen.</summary>
internal static class MetricsRule
{
    private static readonly string[] Words = ["livez", "readyz", "startupz"];
    private static readonly string[] ProbeNames = ["liveness", "readiness", "startup"];
    private static readonly string[] Codes = ["200", "4xx", "502", "503", "504", "5xx"];

    public static IEnumerable<string> Complaints(Seen seen) => seen.Scenario.Checks
        .SelectMany(check => Counts(check, seen).Concat(States(check, seen)))
        .Concat(Probes(seen))
        .Append(("probe_agent_late_total", seen.Ended.Count(question => !question.IsKnown)))
        .Where(line => seen.Metrics.GetValueOrDefault(line.Item1, double.NaN) is var value && !(Math.Abs(value - line.Item2) < 0.002))
        .Select(line => $"{line.Item1} is {seen.Metrics.GetValueOrDefault(line.Item1, double.NaN)}, not {line.Item2}")
        .Concat(seen.Scenario.Checks.SelectMany(check => Since(check, seen)));

    private static IEnumerable<(string, double)> Counts(PlannedCheck check, Seen seen)
    {
        var label = $"check=\"{check.Name}\"";
        var known = seen.Ended.Where(question => question.Check == check && question.IsKnown).ToList();
        var warnings = known.Count(question => question.IsWell && question.Attempts[^1].Phase.Behaviour == Behaviour.PointsElsewhere);
        yield return ($"probe_agent_attempts_total{{{label},result=\"success\"}}", known.Count(question => question.IsWell) - warnings);
        yield return ($"probe_agent_attempts_total{{{label},result=\"warning\"}}", warnings);
        yield return ($"probe_agent_attempts_total{{{label},result=\"failure\"}}", known.Count(question => !question.IsWell));
        yield return ($"probe_agent_attempt_duration_seconds_count{{{label}}}", known.Count);
        foreach (var reason in known.Where(question => !question.IsWell).GroupBy(question => question.Reason))
        {
            yield return ($"probe_agent_attempt_failures_total{{{label},reason=\"{reason.Key}\"}}", reason.Count());
        }

        var asked = seen.Questions.Count(question => question.Check == check);
        yield return ($"probe_agent_shared_answers_total{{{label}}}", seen.Callers.GetValueOrDefault(check.Name) - asked);
    }

    private static IEnumerable<(string, double)> States(PlannedCheck check, Seen seen)
    {
        var label = $"check=\"{check.Name}\"";
        var known = seen.Ended.Where(question => question.Check == check && question.IsKnown).ToList();
        if (known.LastOrDefault(question => question.IsWell) is { Ended: { } ended })
        {
            var jumped = seen.Scenario.Jumps.Where(jump => seen.Scenario.Awake(jump.At) < ended).Sum(jump => jump.By.TotalSeconds);
            var wall = (seen.Start + ended).ToUnixTimeMilliseconds() / 1000.0;
            yield return ($"probe_agent_check_last_success_timestamp_seconds{{{label}}}", wall + jumped);
        }

        if (known.Count > 0 && !IsOrderUnclear(known))
        {
            var changes = known.Zip(known.Skip(1)).Where(pair => pair.First.IsWell != pair.Second.IsWell).ToList();
            yield return ($"probe_agent_check_transitions_total{{{label},to=\"up\"}}", changes.Count(pair => pair.Second.IsWell));
            yield return ($"probe_agent_check_transitions_total{{{label},to=\"down\"}}", changes.Count(pair => !pair.Second.IsWell));
            yield return ($"probe_agent_check_up{{{label}}}", known[^1].IsWell ? 1 : 0);
        }
    }

    private static IEnumerable<string> Since(PlannedCheck check, Seen seen)
    {
        var known = seen.Ended.Where(question => question.Check == check && question.IsKnown).ToList();
        if (known.Count == 0 || IsOrderUnclear(known))
        {
            yield break;
        }

        var first = known.Skip(known.FindLastIndex(question => question.IsWell != known[^1].IsWell) + 1).First().Ended;
        if (seen.ShownSince[check.Name] != first)
        {
            yield return $"{check.Name} is shown to be so since {seen.ShownSince[check.Name]?.TotalMilliseconds} ms, not {first?.TotalMilliseconds}";
        }
    }

    // By two pod addresses in the same moment: which came first is nobody's business.
    private static bool IsOrderUnclear(List<SeenQuestion> known) =>
        known.Zip(known.Skip(1)).Any(pair => pair.First.Ended == pair.Second.Ended && pair.First.IsWell != pair.Second.IsWell);

    private static IEnumerable<(string, double)> Probes(Seen seen) =>
        from probe in Words.Zip(ProbeNames)
        from code in Codes
        select ($"probe_agent_probes_total{{probe=\"{probe.Second}\",code=\"{code}\"}}",
            (double)seen.Answers.Count(answer => answer.At is not null && answer.Probe.Word == probe.First
                && answer.Probe.Named(seen.Scenario).Any() && Class(answer.Code) == code));

    private static string Class(int code) => code switch
    {
        200 or 502 or 503 or 504 => $"{code}",
        >= 400 and < 500 => "4xx",
        _ => "5xx",
    };
}
