namespace ProbeAgent.ParityTests.Cases;

/// <summary>Those of the catalogue in which it matters by which name the app is asked, and a few others.</summary>
internal static class AutoHostCases
{
    private static readonly string[] Prefixes =
    [
        "status/200", "status/404", "status/503", "closing/refused", "closing/end-before-answer", "closing/reset-before-answer",
        "redirect/to-absolute-path", "redirect/to-relative", "redirect/to-query", "redirect/to-same-host", "redirect/to-scheme-relative",
        "redirect/to-other-host", "redirect/loop", "redirect/hops-09", "redirect/hops-10", "redirect/then-304",
    ];

    /// <summary>The cases, named after the group: <c>group/redirect-loop-of-two</c>.</summary>
    public static IEnumerable<ParityCase> Of(string group) =>
        Catalogue.All
            .Where(one => Array.Exists(Prefixes, prefix => one.Id.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(one => one with { Id = $"{group}/{one.Id.Replace('/', '-')}" });
}
