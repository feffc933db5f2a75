using ProbeAgent.Configuration;

namespace ProbeAgent.Serving;

/// <summary>A path that asks for a probe: <c>/livez</c>, <c>/livez/{check}</c>, <c>/app-health/{container}/livez</c>.</summary>
/// <param name="Probe">Which probe.</param>
/// <param name="Word">Its word in the path, as it closes the answer.</param>
/// <param name="Check">The one check that is asked for; null for all.</param>
/// <param name="Container">The one container that is asked for; null for all.</param>
internal sealed record ProbePath(ProbeKind Probe, string Word, string? Check, string? Container)
{
    /// <summary>Reads a raw path; null where it asks for no probe.</summary>
    public static ProbePath? Parse(string path) => path.Split('/') switch
    {
        ["", var word] when KindOf(word) is { } kind => new ProbePath(kind, word, null, null),
        ["", var word, { Length: > 0 } check] when KindOf(word) is { } kind => new ProbePath(kind, word, check, null),
        ["", "app-health", { Length: > 0 } container, var word] when KindOf(word) is { } kind =>
            new ProbePath(kind, word, null, container),
        _ => null,
    };

    private static ProbeKind? KindOf(string word) => word switch
    {
        "livez" => ProbeKind.Liveness,
        "readyz" => ProbeKind.Readiness,
        "startupz" => ProbeKind.Startup,
        _ => null,
    };
}
