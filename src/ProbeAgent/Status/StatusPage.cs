using System.Net;
using System.Text;

namespace ProbeAgent.Status;

/// <summary>The status page: the same as <c>/status.json</c>, for a browser.</summary>
internal static class StatusPage
{
    private const string Head = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="refresh" content="5">
        <meta name="viewport" content="width=device-width">
        <title>ProbeAgent</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
        article { border-left: .4rem solid #888; margin: 1rem 0; padding: .2rem 1rem; }
        .pass { border-color: #2a7d2a; } .warn { border-color: #b57700; } .fail { border-color: #b3261e; }
        h2 { margin: 0; font-size: 1.1rem; } p { margin: .3rem 0; overflow-wrap: anywhere; }
        </style>
        </head>
        <body>
        <h1>ProbeAgent</h1>
        """;

    /// <summary>The page as HTML; every text in it is encoded.</summary>
    public static string Render(StatusDocument status)
    {
        var page = new StringBuilder(Head);
        page.Append("<p>Version ").Append(Encode(status.ReleaseId)).Append(", <a href=\"/status.json\">as JSON</a>, <a href=\"/config\">configuration</a></p>\n");
        foreach (var note in status.Notes)
        {
            page.Append("<article class=\"warn\"><p>").Append(Encode(note)).Append("</p></article>\n");
        }

        foreach (var (name, entries) in status.Checks)
        {
            foreach (var check in entries)
            {
                page.Append("<article class=\"").Append(check.Status).Append("\">\n<h2>")
                    .Append(Encode(name)).Append(": ").Append(Encode(StatusText.StateOf(check))).Append("</h2>\n<p>")
                    .Append(Encode(check.Output)).Append("</p>\n</article>\n");
            }
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
