using System.Globalization;
using System.Text.RegularExpressions;

namespace ProbeAgent.Injection;

/// <summary>The version of a cluster.</summary>
internal readonly partial record struct KubernetesVersion(int Major, int Minor) : IComparable<KubernetesVersion>
{
    /// <summary>The first one that runs native sidecars without being told to (KEP-753, beta).</summary>
    public static readonly KubernetesVersion NativeSidecars = new(1, 29);

    /// <summary>Reads <c>1.29</c>, <c>v1.31.4</c> or <c>v1.30.5-gke.1014001</c>; null where it is none.</summary>
    public static KubernetesVersion? Parse(string text) =>
        Form().Match(text) is { Success: true } match
            ? new KubernetesVersion(
                int.Parse(match.Groups["major"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["minor"].Value, CultureInfo.InvariantCulture))
            : null;

    /// <inheritdoc/>
    public int CompareTo(KubernetesVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    public static bool operator <(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) < 0;

    public static bool operator <=(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) > 0;

    public static bool operator >=(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) >= 0;

    [GeneratedRegex(@"\Av?(?<major>[0-9]{1,3})\.(?<minor>[0-9]{1,3})\+?(\.[0-9]+)?([-+][0-9A-Za-z.+-]*)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
