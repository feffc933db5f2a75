using System.Xml.Linq;
using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests;

/// <summary>The version that the project says it has.</summary>
internal static class ProjectVersion
{
    /// <summary>As <c>0.1.0</c>.</summary>
    public static string Value { get; } = XDocument.Load(Checkout.InRoot("Directory.Build.props")).Descendants("Version").Single().Value;
}
