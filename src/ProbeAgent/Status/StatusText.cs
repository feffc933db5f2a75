using System.Globalization;
using System.Text;
using ProbeAgent.Probing;

namespace ProbeAgent.Status;

/// <summary>The status for a terminal: one look, one cause.</summary>
internal static class StatusText
{
    /// <summary>All checks, each with its state and its sentence.</summary>
    public static string Render(StatusDocument status)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"probe-agent {status.ReleaseId}, running for {Ago(status.UptimeSeconds)}\n");
        foreach (var note in status.Notes ?? [])
        {
            text.Append(CultureInfo.InvariantCulture, $"warning: {note}\n");
        }

        foreach (var (name, entries) in status.Checks)
        {
            foreach (var check in entries)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{name}: {StateOf(check)}\n  {(check.Since is null ? check.Target : check.Output)}\n");
                if (check is { Status: "fail", LastSuccess: { } last })
                {
                    text.Append(CultureInfo.InvariantCulture, $"  last success {last:yyyy-MM-dd HH:mm:ss}Z, {check.FailuresInARow} failed attempts since\n");
                }
            }
        }

        return text.ToString();
    }

    /// <summary>A check's state in a few words: <c>DOWN (connection_refused) for 4 min 5 s</c>.</summary>
    public static string StateOf(CheckStatus check) => check switch
    {
        { Since: null } => "not asked yet",
        { Status: "fail" } => $"DOWN ({check.Reason}) for {Ago(check.ForSeconds)}, since {At(check)}",
        { Status: "warn" } => $"up with a warning for {Ago(check.ForSeconds)}, since {At(check)}",
        _ => $"up for {Ago(check.ForSeconds)}, since {At(check)}",
    };

    private static string At(CheckStatus check) =>
        string.Create(CultureInfo.InvariantCulture, $"{check.Since:yyyy-MM-dd HH:mm:ss}Z");

    private static string Ago(double seconds) => DurationText.Of(TimeSpan.FromSeconds(Math.Floor(seconds)));
}
