using System.Reflection;

namespace ProbeAgent.Telemetry;

/// <summary>Which build this is.</summary>
/// <param name="Version">Such as <c>0.1.0</c>.</param>
/// <param name="Revision">The commit, or <c>unknown</c>.</param>
internal sealed record AgentVersion(string Version, string Revision)
{
    /// <summary>The version that the build wrote into this assembly.</summary>
    public static AgentVersion Current { get; } = Read();

    /// <inheritdoc/>
    public override string ToString() => $"{Version} ({Revision})";

    private static AgentVersion Read()
    {
        var text = typeof(AgentVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        var parts = text.Split('+', 2);
        return new AgentVersion(parts[0], parts.Length == 2 ? parts[1][..Math.Min(12, parts[1].Length)] : "unknown");
    }
}
