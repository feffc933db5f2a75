namespace ProbeAgent.Status;

/// <summary>What the running agent knows, as <c>application/health+json</c> (draft-inadarei-api-health-check-06).</summary>
/// <param name="Status"><c>pass</c>, <c>warn</c> (up with something to look at, or not asked yet) or <c>fail</c>.</param>
/// <param name="Version">The major version of this format.</param>
/// <param name="ReleaseId">The agent's version.</param>
/// <param name="Description">What this is.</param>
/// <param name="Notes">What the configuration gave to think about; empty where nothing.</param>
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
}
