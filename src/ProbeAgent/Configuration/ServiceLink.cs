using System.Text.RegularExpressions;

namespace ProbeAgent.Configuration;

/// <summary>
/// The variables that Kubernetes sets in every pod for each Service of the namespace (<c>enableServiceLinks</c>): a Service
/// called <c>probeagent</c> makes <c>PROBEAGENT_PORT=tcp://10.0.0.1:443</c> and six more.
/// </summary>
internal static partial class ServiceLink
{
    /// <summary>
    /// True for a variable that a Service called <c>probeagent</c> or <c>probeagent-…</c> brings. <c>PROBEAGENT_PORT=15099</c> is
    /// none of them, but somebody's mistake.
    /// </summary>
    public static bool IsMatch(string variable, string value) =>
        Pattern().IsMatch(variable) && (!variable.EndsWith("_PORT", StringComparison.Ordinal)
            || variable.EndsWith("_SERVICE_PORT", StringComparison.Ordinal)
            || Numbered().IsMatch(variable)
            || value.Contains("://", StringComparison.Ordinal));

    [GeneratedRegex("^PROBEAGENT_([A-Z0-9_]+_)?(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$")]
    private static partial Regex Pattern();

    [GeneratedRegex("_PORT_[0-9]+_(TCP|UDP|SCTP)_PORT$")]
    private static partial Regex Numbered();
}
