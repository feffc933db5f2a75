namespace ProbeAgent.Status;

/// <summary>The status for a terminal: one look, one cause.</summary>
internal static class StatusText
{
    // Of all checks together.
    private const int MaxTransitions = 8;

    /// <summary>All that is known: checks, last changes, sidecar, warnings. An agent of another version may leave anything out.</summary>
    public static string Render(StatusDocument status, bool isColourful)
    {
        var sheet = new TerminalSheet(isColourful);
        var checks = status.Entries();
        var notes = status.Notes ?? [];
        sheet.Add($"probe-agent {status.ReleaseId}, running for {StatusWords.Ago(status.UptimeSeconds)}");
        if (checks.Count != 1 || notes.Count > 0)
        {
            sheet.Add(StatusWords.Verdict(checks) + Announced(notes.Count), InkOf(status.Status));
        }

        foreach (var (name, check) in checks)
        {
            sheet.Gap();
            Add(sheet, name, check);
        }

        AddTransitions(sheet, checks);
        if (status.Mesh is { } mesh)
        {
            sheet.Gap();
            sheet.Add($"mesh: {StatusWords.Of(mesh)}", mesh.Ready == false ? Ink.Attention : Ink.Plain);
            sheet.Add(mesh.Output ?? "", indent: 2);
        }

        foreach (var note in notes)
        {
            sheet.Gap();
            sheet.Add($"warning: {note}", Ink.Attention);
        }

        return sheet.ToString();
    }

    private static string Announced(int warnings) => warnings switch
    {
        0 => "",
        1 => "; 1 warning at the end",
        _ => $"; {StatusWords.Count(warnings, "warnings at the end")}",
    };

    private static void Add(TerminalSheet sheet, string name, CheckStatus check)
    {
        sheet.Add($"{name}: {StatusWords.StateOf(check)}", InkOf(check.Since is null ? "" : check.Status));
        sheet.Add((check.Since is null ? check.Target : check.Output) ?? "", indent: 2);
        if (check is { Since: not null, Status: "fail" })
        {
            var failures = StatusWords.Count(check.FailuresInARow, check.FailuresInARow == 1 ? "failed attempt" : "failed attempts");
            var last = check.LastSuccess is { } success ? $"last success {StatusWords.At(success)}, {failures} since" : $"no success so far, {failures}";
            sheet.Add(last, indent: 2);
        }
    }

    private static void AddTransitions(TerminalSheet sheet, IReadOnlyList<(string Name, CheckStatus Check)> checks)
    {
        var latest = checks
            .SelectMany(entry => (entry.Check.Transitions ?? []).Select(transition => (entry.Name, Transition: transition)))
            .Where(entry => entry.Transition is not null)
            .OrderByDescending(entry => entry.Transition.Time)
            .Take(MaxTransitions)
            .ToList();
        if (latest.Count == 0)
        {
            return;
        }

        sheet.Gap();
        sheet.Add("last changes");
        foreach (var (name, transition) in latest)
        {
            sheet.Add($"{StatusWords.At(transition.Time)}  {name}: {StatusWords.Of(transition)}", indent: 2);
        }
    }

    private static Ink InkOf(string? status) => status switch
    {
        "pass" => Ink.Good,
        "warn" => Ink.Attention,
        "fail" => Ink.Bad,
        _ => Ink.Plain,
    };
}
