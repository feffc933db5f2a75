using System.Text.RegularExpressions;

namespace ProbeAgent.Configuration;

/// <summary>
/// The variables that Kubernetes sets in every pod for each Service of the namespace (<c>enableServiceLinks</c>): a Service
/// called <c>probeagent</c> makes <c>PROBEAGENT_PORT=tcp://10.0.0.1:443</c> and six more.
/// </summary>
internal static partial class ServiceLink
{
    /// <summary>True for a variable that a Service called <c>probeagent</c> or <c>probeagent-…</c> brings.</summary>
    public static bool IsMatch(string variable) => Pattern().IsMatch(variable);

    [GeneratedRegex("^PROBEAGENT_([A-Z0-9_]+_)?(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$")]
    private static partial Regex Pattern();
}
