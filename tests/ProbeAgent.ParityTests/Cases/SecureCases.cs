namespace ProbeAgent.ParityTests.Cases;

/// <summary>Those of the catalogue in which TLS might make a difference, over TLS: <c>https/redirect-loop-of-two</c>.</summary>
internal static class SecureCases
{
    private static readonly string[] Prefixes =
    [
        "status/20", "status/30", "status/40", "status/50", "status/600", "status/999", "status-line/not-http",
        "length/none", "length/right", "length/longer", "length/twice", "length/chunked-but", "length/204-with", "length/zero",
        "body/", "closing/", "redirect/", "interim/100-x-0",
    ];

    public static IReadOnlyList<ParityCase> All { get; } =
    [
        .. Catalogue.All
            .Where(one => Array.Exists(Prefixes, prefix => one.Id.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(one => one with { Id = $"https/{one.Id.Replace('/', '-')}", Tls = TlsFaces.Http1() }),
    ];
}
