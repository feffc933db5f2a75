namespace ProbeAgent.Configuration;

/// <summary>Reads the relays of a document.</summary>
internal sealed class RelayReader(TargetReader targets, Findings findings)
{
    /// <summary>All relays that are right; null where the document names none.</summary>
    public IReadOnlyList<Found<RelayConfiguration>>? Read(DocumentSection document)
    {
        if (document.Sections("relays", "name: app") is not { } sections)
        {
            return null;
        }

        var names = new UniqueNames(findings);
        return [.. sections.Select(section => Read(section, names)).OfType<Found<RelayConfiguration>>()];
    }

    private Found<RelayConfiguration>? Read(DocumentSection section, UniqueNames names)
    {
        section.Require("name", "name: app");
        section.Require("target", "target: ':80/metrics'");
        var name = section.Text("name", ValueRule.DnsLabel);
        var target = section.Text("target", targets.Page);
        section.Close();
        names.Take(name);

        return name is null || target is null
            ? null
            : new Found<RelayConfiguration>(new RelayConfiguration(name.Value, target.Value), target.Origin);
    }
}
