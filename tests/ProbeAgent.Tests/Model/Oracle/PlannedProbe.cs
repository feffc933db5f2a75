namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>A probe that will be sent.</summary>
/// <param name="At">When.</param>
/// <param name="Word"><c>livez</c>, <c>readyz</c> or <c>startupz</c>.</param>
/// <param name="Check">The one check that it names; null for all.</param>
/// <param name="Container">The one container that it names; null for all.</param>
/// <param name="Excluded">The checks that it leaves out.</param>
/// <param name="IsVerbose">Whether a success lists the checks.</param>
/// <param name="Pod">The address on which it reaches the agent.</param>
/// <param name="HangsUpAt">When the caller goes away; null where it stays.</param>
internal sealed record PlannedProbe(
    TimeSpan At, string Word, string? Check, string? Container, IReadOnlyList<string> Excluded, bool IsVerbose, string Pod, TimeSpan? HangsUpAt)
{
    /// <summary>What the caller writes.</summary>
    public string Target
    {
        get
        {
            var path = Container is null ? $"/{Word}{(Check is null ? "" : "/" + Check)}" : $"/app-health/{Container}/{Word}";
            var query = Excluded.Select(name => $"exclude={name}").Concat(IsVerbose ? ["verbose"] : []).ToList();
            return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
        }
    }

    /// <summary>The checks that exist where it asks, in configured order.</summary>
    public IEnumerable<PlannedCheck> Named(Scenario scenario) => scenario.Checks
        .Where(check => Check is null || Check == check.Name)
        .Where(check => Container is null || Container == check.Container);

    /// <summary>Those of them that serve this probe.</summary>
    public IEnumerable<PlannedCheck> Serving(Scenario scenario) => Named(scenario).Where(check => check.Serves.Contains(Word));

    /// <summary>Those of them whose app is asked, or answered for by what is known of it.</summary>
    public IEnumerable<PlannedCheck> Asked(Scenario scenario) => Serving(scenario).Where(check => !Excluded.Contains(check.Name));

    /// <summary>Which question it is to a check: an IPv4 address is the same one in the clothes of IPv6.</summary>
    public string KeyOf(PlannedCheck check) => check.IsAuto ? $"{check.Name}@{Pod.Replace("::ffff:", "", StringComparison.Ordinal)}" : check.Name;

    public override string ToString() =>
        $"{At.TotalMilliseconds:0.0} probe {Target} at {Pod}{(HangsUpAt is { } end ? $", hangs up at {end.TotalMilliseconds:0.0}" : "")}";
}
