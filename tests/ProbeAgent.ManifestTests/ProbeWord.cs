namespace ProbeAgent.ManifestTests;

/// <summary>A kind of probe in its two spellings.</summary>
/// <param name="Name">In the document: <c>liveness</c>.</param>
/// <param name="Endpoint">In a path: <c>livez</c>.</param>
internal sealed record ProbeWord(string Name, string Endpoint)
{
    /// <summary>Is it alive?</summary>
    public static ProbeWord Liveness { get; } = new("liveness", "livez");

    /// <summary>Does it want traffic?</summary>
    public static ProbeWord Readiness { get; } = new("readiness", "readyz");

    /// <summary>Has it started?</summary>
    public static ProbeWord Startup { get; } = new("startup", "startupz");
}
