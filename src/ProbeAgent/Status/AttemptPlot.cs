using System.Globalization;
using System.Text;

namespace ProbeAgent.Status;

/// <summary>
/// How long the last answers took: a bar for each, over the time until now, against the budget. The budget's line is always at the same
/// height; a failure has a cross on its bar.
/// </summary>
internal static class AttemptPlot
{
    private const double Width = 600;
    private const double Height = 100;
    private const double BudgetY = 20;

    // So that half a bar at either end, and a cross, are not cut off.
    private const double Edge = 6;

    // An answer of a millisecond is to be seen, too.
    private const double LeastBar = 3;
    private const double Arm = 4;
    private const double ShortestSpan = 60;

    /// <summary>Draws it; nothing before the first attempt.</summary>
    public static void Draw(Html html, CheckStatus check)
    {
        var attempts = check.RecentAttempts;
        if (attempts.Count == 0 || check.BudgetSeconds is not > 0)
        {
            return;
        }

        var budget = check.BudgetSeconds.Value;
        var span = Math.Max(ShortestSpan, attempts.Max(attempt => attempt.AgeSeconds));
        html.Add($"""
            <h3>How long the last {attempts.Count} answers took</h3>
            <svg class="plot" viewBox="0 0 600 100" preserveAspectRatio="none" role="img" aria-label="{Description(attempts)}">
            <path class="budget" d="M0 {(int)BudgetY}H600"/>

            """);
        foreach (var result in (string[])["success", "warning", "failure"])
        {
            var alike = attempts.Where(attempt => attempt.Result == result).ToList();
            html.Add($"""<path class="{result}" d="{Path(alike, attempt => Bar(attempt, span, budget))}"/>""");
        }

        var failures = attempts.Where(attempt => attempt.Result == "failure").ToList();
        html.Add($"""

            <path class="cross" d="{Path(failures, attempt => Cross(attempt, span, budget))}"/>
            </svg>
            <p class="axis"><span>{StatusWords.Ago(span)} ago</span><span>now</span></p>
            <ul class="key"><li class="is-success">success</li><li class="is-warning">warning</li><li class="is-failure">✕ failure</li>
            <li class="is-budget">budget {StatusWords.Took(budget)}</li></ul>

            """);
    }

    private static string Description(IReadOnlyList<RecentAttempt> attempts)
    {
        var shortest = StatusWords.Took(attempts.Min(attempt => attempt.DurationSeconds));
        var longest = StatusWords.Took(attempts.Max(attempt => attempt.DurationSeconds));
        return $"from {shortest} to {longest}, {StatusWords.Count(attempts.Count(attempt => attempt.Result == "failure"), "failed")}";
    }

    private static string Path(List<RecentAttempt> attempts, Func<RecentAttempt, FormattableString> draw)
    {
        var path = new StringBuilder();
        foreach (var attempt in attempts)
        {
            path.Append(draw(attempt).ToString(CultureInfo.InvariantCulture));
        }

        return path.ToString();
    }

    private static FormattableString Bar(RecentAttempt attempt, double span, double budget) =>
        $"M{X(attempt, span):0.#} {Height:0}V{Top(attempt, budget):0.#}";

    private static FormattableString Cross(RecentAttempt attempt, double span, double budget)
    {
        var (x, y) = (X(attempt, span), Top(attempt, budget));
        return $"M{x - Arm:0.#} {y - Arm:0.#}L{x + Arm:0.#} {y + Arm:0.#}M{x - Arm:0.#} {y + Arm:0.#}L{x + Arm:0.#} {y - Arm:0.#}";
    }

    private static double X(RecentAttempt attempt, double span) => Edge + ((Width - (2 * Edge)) * (1 - Math.Clamp(attempt.AgeSeconds / span, 0, 1)));

    private static double Top(RecentAttempt attempt, double budget)
    {
        var bar = (Height - BudgetY) * attempt.DurationSeconds / budget;
        return Height - Math.Clamp(bar, LeastBar, Height - Edge);
    }
}
