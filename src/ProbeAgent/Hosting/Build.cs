using ProbeAgent.Telemetry;

namespace ProbeAgent.Hosting;

/// <summary>Which build this is, in words.</summary>
internal static class Build
{
    /// <summary>Such as <c>0.1.0 (1a2b3c4d5e6f)</c>.</summary>
    public static string Version => AgentVersion.Current.ToString();
}
