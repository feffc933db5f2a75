namespace ProbeAgent.Status;

/// <summary>What the running agent knows, as <c>application/health+json</c> (draft-inadarei-api-health-check-06).</summary>
/// <param name="Status"><c>pass</c>, <c>warn</c> (up with something to look at, or not asked yet) or <c>fail</c>.</param>
/// <param name="Version">The major version of this format.</param>
/// <param name="ReleaseId">The agent's version.</param>
/// <param name="Description">What this is.</param>
/// <param name="Notes">Warnings, each with what to do: of the configuration and of the mesh; empty where nothing.</param>
/// <param name="UptimeSeconds">How long the agent runs.</param>
/// <param name="Checks">By name, in configured order; a list with one entry for each, as the draft wants it.</param>
internal sealed record StatusDocument(
    string Status,
    string Version,
    string ReleaseId,
    string Description,
    IReadOnlyList<string> Notes,
    double UptimeSeconds,
    IReadOnlyDictionary<string, IReadOnlyList<CheckStatus>> Checks)
{
    /// <summary>The content type.</summary>
    public const string ContentType = "application/health+json";

    /// <summary>When this was true; null from an agent that does not tell.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The sidecar; null from an agent that does not tell.</summary>
    public MeshStatus? Mesh { get; init; }

    /// <summary>Each check with its name, in configured order; what another program wrote there by mistake is left out.</summary>
    public IReadOnlyList<(string Name, CheckStatus Check)> Entries() =>
        [.. from entry in Checks from check in entry.Value ?? [] where check is not null select (entry.Key, check)];
}
