namespace ProbeAgent.Status;

/// <summary>The status page: what <c>/status.json</c> and <c>/config</c> say, for a browser. One document, without script.</summary>
internal static class StatusPage
{
    /// <summary>
    /// What a browser may do with it: show the one style that is in it, an icon that is none, and nothing else, in no frame.
    /// </summary>
    public const string SecurityPolicy =
        $"default-src 'none'; style-src '{PageStyle.Hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const int RefreshSeconds = 5;

    /// <summary>The page as HTML.</summary>
    /// <param name="status">What is known.</param>
    /// <param name="effectiveConfiguration">The configuration as YAML, without secrets.</param>
    /// <param name="isStill">True where it must not renew itself: for those who read slowly, or want to copy.</param>
    public static string Render(StatusDocument status, string effectiveConfiguration, bool isStill)
    {
        var html = new Html();
        var checks = status.Entries();
        DrawHead(html, status, checks, isStill);
        html.Add($"<main>\n");
        DrawWarnings(html, status.Notes);
        for (var i = 0; i < checks.Count; i++)
        {
            CheckCard.Draw(html, i, checks[i].Name, checks[i].Check);
        }

        if (status.Mesh is { } mesh)
        {
            html.Add($"""
                <section class="card {(mesh.Ready == false ? "warn" : "")}" aria-labelledby="mesh">
                <h2 id="mesh">Mesh: {StatusWords.Of(mesh)}</h2>
                <p>{mesh.Output}</p>
                </section>

                """);
        }

        html.Add($"<section class=\"card\" aria-labelledby=\"configuration\">\n<h2 id=\"configuration\">Configuration</h2>\n<pre>");
        html.AddLines(effectiveConfiguration);
        html.Add($"</pre>\n</section>\n</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void DrawHead(Html html, StatusDocument status, IReadOnlyList<(string Name, CheckStatus Check)> checks, bool isStill)
    {
        html.Add($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        if (!isStill)
        {
            html.Add($"<meta http-equiv=\"refresh\" content=\"{RefreshSeconds}\">\n");
        }

        html.Add($"""
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,">
            <title>{StatusWords.Verdict(checks)} – ProbeAgent</title>

            """);
        html.AddStyle();
        html.Add($"""
            </head>
            <body>
            <header>
            <h1>ProbeAgent</h1>
            <p class="verdict {status.Status}">{StatusWords.Verdict(checks)}</p>

            """);
        html.Add($"<p class=\"faint\">Version {status.ReleaseId}, running for {StatusWords.Ago(status.UptimeSeconds)}; ");
        html.Add($"as of {(status.Time is { } time ? StatusWords.At(time) : "now")}</p>\n");
        html.Add($"<nav aria-label=\"Page\"><ul>\n");
        foreach (var (number, entry) in checks.Index().Where(item => item.Item.Check.Status == "fail"))
        {
            html.Add($"<li><a href=\"#check-{number}\">{entry.Name}</a></li>\n");
        }

        html.Add($"<li><a href=\"#configuration\">configuration</a></li>\n<li><a href=\"/status.json\">as JSON</a></li>\n");
        if (isStill)
        {
            html.Add($"<li><a href=\"/\">renew every {RefreshSeconds} s</a></li>\n");
        }
        else
        {
            html.Add($"<li><a href=\"/?still\">stop renewing every {RefreshSeconds} s</a></li>\n");
        }

        html.Add($"</ul></nav>\n</header>\n");
    }

    private static void DrawWarnings(Html html, IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0)
        {
            return;
        }

        html.Add($"<section class=\"card warn\" aria-labelledby=\"warnings\">\n<h2 id=\"warnings\">Warnings</h2>\n<ul>\n");
        foreach (var warning in warnings)
        {
            html.Add($"<li>{warning}</li>\n");
        }

        html.Add($"</ul>\n</section>\n");
    }
}
