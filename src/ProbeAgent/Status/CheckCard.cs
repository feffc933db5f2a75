namespace ProbeAgent.Status;

/// <summary>A check on the page: its state, its sentence, its plot, the parts of its last attempt, its changes.</summary>
internal static class CheckCard
{
    private const int BarWidth = 600;

    /// <summary>Draws it.</summary>
    /// <param name="html">The page.</param>
    /// <param name="number">Which check of the page it is: for links.</param>
    /// <param name="name">Its name.</param>
    /// <param name="check">What is known of it.</param>
    public static void Draw(Html html, int number, string name, CheckStatus check)
    {
        html.Add($"""
            <section class="card {check.Status}" aria-labelledby="check-{number}">
            <h2 id="check-{number}">{name} <span class="state {check.Status}">{StatusWords.WordOf(check)}</span></h2>

            """);
        if (check.Since is not null)
        {
            html.Add($"<p>for {StatusWords.Ago(check.ForSeconds)}, since {StatusWords.At(check.Since.Value)}</p>\n<p>{check.Output}</p>\n");
        }

        DrawFacts(html, check);
        AttemptPlot.Draw(html, check);
        DrawParts(html, check);
        DrawChanges(html, check);
        html.Add($"</section>\n");
    }

    private static void DrawFacts(Html html, CheckStatus check)
    {
        html.Add($"<dl>\n<dt>asks</dt><dd>{check.Target}</dd>\n");
        html.Add($"<dt>answers within</dt><dd>{StatusWords.Took(check.BudgetSeconds ?? 0)} of timeoutSeconds: {(int)check.TimeoutSeconds}</dd>\n");
        if (check.Time is { } time)
        {
            html.Add($"<dt>last answer</dt><dd>{StatusWords.At(time)}</dd>\n");
            html.Add($"<dt>last success</dt><dd>{(check.LastSuccess is { } success ? StatusWords.At(success) : "none so far")}</dd>\n");
        }

        if (check.FailuresInARow > 0)
        {
            html.Add($"<dt>failed in a row</dt><dd>{check.FailuresInARow}</dd>\n");
        }

        html.Add($"</dl>\n");
    }

    private static void DrawParts(Html html, CheckStatus check)
    {
        var parts = StatusWords.PartsOf(check.Phases).ToList();
        var sum = parts.Sum(part => part.Seconds);
        if (sum <= 0)
        {
            return;
        }

        // What no part has is time in which nothing came, and attempts before the last.
        var total = Math.Max(sum, check.ObservedValue ?? 0);
        html.Add($"""
            <h3>Parts of the last attempt, which took {StatusWords.Took(total)}</h3>
            <svg class="parts" viewBox="0 0 {BarWidth} 10" preserveAspectRatio="none" aria-hidden="true">

            """);
        var x = 0;
        foreach (var (name, seconds) in parts)
        {
            var width = (int)Math.Round(BarWidth * seconds / total);
            html.Add($"""<rect class="{ColourOf(name)}" x="{x}" y="0" width="{width}" height="10"/>""");
            x += width;
        }

        html.Add($"\n</svg>\n<ul class=\"key\">");
        foreach (var (name, seconds) in parts)
        {
            html.Add($"""<li class="{ColourOf(name)}">{name} {StatusWords.Took(seconds)}</li>""");
        }

        html.Add($"</ul>\n");
    }

    private static string ColourOf(string part) => part switch
    {
        "connect" => "part-1",
        "TLS" => "part-2",
        "first byte" => "part-3",
        _ => "part-4",
    };

    private static void DrawChanges(Html html, CheckStatus check)
    {
        if (check.Transitions is not { Count: > 0 } transitions)
        {
            return;
        }

        html.Add($"<h3>Last changes</h3>\n<ul class=\"changes\">\n");
        foreach (var transition in transitions)
        {
            html.Add($"""
                <li>{StatusWords.At(transition.Time)}
                <span class="state {(transition.To == "down" ? "fail" : "pass")}">{StatusWords.Of(transition)}</span>
                <p class="faint">{transition.Output}</p></li>

                """);
        }

        html.Add($"</ul>\n");
    }
}
