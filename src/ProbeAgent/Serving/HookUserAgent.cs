using System.Text.RegularExpressions;

namespace ProbeAgent.Serving;

/// <summary>What the app is told of who calls its hook: the kubelet's own words, or ours in their form.</summary>
internal static partial class HookUserAgent
{
    private const string Own = "kube-lifecycle/1.0";

    /// <summary>The caller's own where it is the kubelet's, else ours.</summary>
    public static string For(string? callers) => callers is not null && Pattern().IsMatch(callers) ? callers : Own;

    [GeneratedRegex(@"\Akube-lifecycle/[0-9.+]{1,16}\z")]
    private static partial Regex Pattern();
}
