using System.Text.RegularExpressions;

namespace ProbeAgent.Checks;

/// <summary>What the app is told of the asker: the kubelet's own words, or ours in their form. No other byte of a caller reaches it.</summary>
internal static partial class ProbeUserAgent
{
    private const string Own = "kube-probe/1.0";

    /// <summary>True for the kubelet's form, <c>kube-probe/1.36</c>.</summary>
    public static bool IsKubelet(string? userAgent) => userAgent is not null && Pattern().IsMatch(userAgent);

    /// <summary>The caller's own where it is the kubelet's, else ours.</summary>
    public static string For(string? callers) => IsKubelet(callers) ? callers! : Own;

    [GeneratedRegex(@"\Akube-probe/[0-9.+]{1,16}\z")]
    private static partial Regex Pattern();
}
